"""Forms, fields, pages and lists over HTTP, for every noun alike."""
