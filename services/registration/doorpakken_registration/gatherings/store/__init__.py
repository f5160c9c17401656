"""The MongoDB queries and indexes of gatherings."""
