"""The objects of registration and their rules: frozen, without I/O, with time as an argument."""
