"""What was typed in a known person's name, until they say that it is theirs."""
