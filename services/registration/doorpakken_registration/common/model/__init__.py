"""The objects of common and their rules: frozen, without I/O, with time as an argument."""
