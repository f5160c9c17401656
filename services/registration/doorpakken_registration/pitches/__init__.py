"""Plans with their needs, and the support and offers that they get."""
