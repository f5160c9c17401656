"""The objects of seats and their rules: frozen, without I/O, with time as an argument."""
