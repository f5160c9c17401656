"""The MongoDB queries and indexes of conversation."""
