"""The MongoDB queries and indexes of organisations."""
