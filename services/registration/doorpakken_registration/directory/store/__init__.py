"""The MongoDB queries and indexes of directory."""
