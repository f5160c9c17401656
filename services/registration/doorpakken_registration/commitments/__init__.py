"""Promises toward needs and actions: made, answered, kept, confirmed or ended."""
