"""The objects of privacy and their rules: frozen, without I/O, with time as an argument."""
