"""The plan: scores, sessions, rooms, slots, recommendations."""
