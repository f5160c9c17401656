"""Claims: input in a known person's name, stored until that person confirms it."""
