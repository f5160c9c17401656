"""Makes stories of any size."""
