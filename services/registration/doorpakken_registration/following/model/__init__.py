"""The objects of following and their rules: frozen, without I/O, with time as an argument."""
