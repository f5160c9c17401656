"""The matching service: plans with scores, sessions, rooms, slots and recommendations."""
