"""The objects of staff and their rules: frozen, without I/O, with time as an argument."""
