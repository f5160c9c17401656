"""Domain time, and timers that are due at a moment of it."""
