"""What reporting serves, to staff only."""
