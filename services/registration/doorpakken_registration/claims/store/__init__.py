"""The MongoDB queries and indexes of claims."""
