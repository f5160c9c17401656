"""People and what they say: sign-up, pitches, seats, answers."""
