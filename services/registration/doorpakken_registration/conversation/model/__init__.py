"""The objects of conversation and their rules: frozen, without I/O, with time as an argument."""
