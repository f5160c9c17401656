"""People, each known once, and the personal links by which they come in."""
