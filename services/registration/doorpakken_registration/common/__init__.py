"""Names, dates, amounts and the ways to keep things, for every noun alike."""
