"""The objects of people and their rules: frozen, without I/O, with time as an argument."""
