"""The objects of claims and their rules: frozen, without I/O, with time as an argument."""
