"""The story, step by step, through the same doors as everybody."""
