"""Who wants to hear of new gatherings."""
