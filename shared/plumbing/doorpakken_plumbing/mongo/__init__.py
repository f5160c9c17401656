"""MongoDB: reading, writing and administration; only one file here imports motor."""
