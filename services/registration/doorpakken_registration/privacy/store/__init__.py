"""The MongoDB queries and indexes of privacy."""
