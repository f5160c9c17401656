"""What the holder of a personal link sees and does: their gatherings, calendar, name and claims."""
