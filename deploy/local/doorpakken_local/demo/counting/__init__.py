"""What was done, counted in stores, on topics and on pages, and beside what must be found."""
