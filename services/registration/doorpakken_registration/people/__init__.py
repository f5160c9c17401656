"""People, each stored once, and the personal links by which they enter."""
