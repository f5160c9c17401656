"""What waits for staff at all gatherings of theirs, and how far each gathering is."""
