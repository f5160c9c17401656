"""The demo: one gathering played from sign-up to dashboard through the same doors as everybody."""
