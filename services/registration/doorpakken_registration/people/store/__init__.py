"""The MongoDB queries and indexes of people."""
