"""The objects of attendance and their rules: frozen, without I/O, with time as an argument."""
