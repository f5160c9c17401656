"""The doors as people use them: pages, forms, mails."""
