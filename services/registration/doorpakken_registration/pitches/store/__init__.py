"""The MongoDB queries and indexes of pitches."""
