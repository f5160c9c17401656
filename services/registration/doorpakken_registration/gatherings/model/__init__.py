"""The objects of gatherings and their rules: frozen, without I/O, with time as an argument."""
