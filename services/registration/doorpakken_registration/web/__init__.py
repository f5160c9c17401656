"""Forms, fields, pages and lists over HTTP, shared by all subjects of registration."""
