"""The demo: one gathering played from sign-up to dashboard through the doors that everybody uses."""
