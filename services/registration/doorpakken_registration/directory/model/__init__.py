"""The objects of directory and their rules: frozen, without I/O, with time as an argument."""
