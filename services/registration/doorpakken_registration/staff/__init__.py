"""Members of staff: their accounts and signing in."""
