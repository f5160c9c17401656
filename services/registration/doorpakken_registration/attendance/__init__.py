"""Who comes to a gathering: signing up, checking in, cancelling, private details, places."""
