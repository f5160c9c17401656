"""A mailbox for trying things out: takes every mail by SMTP and shows it; sends none on."""
