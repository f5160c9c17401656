"""Domain time, and what is due at a moment."""
