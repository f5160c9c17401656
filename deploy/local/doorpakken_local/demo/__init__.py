"""The demo: plays one gathering from sign-up to dashboard through the public pages, APIs and
mails."""
