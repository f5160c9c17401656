"""The system as people use it: pages, forms and mails."""
