"""The objects of pitches and their rules: frozen, without I/O, with time as an argument."""
