"""The registration service: people, sign-up, pitches, seats and answers."""
