"""A mail server for trials: accepts every mail by SMTP and shows it on pages; forwards none."""
