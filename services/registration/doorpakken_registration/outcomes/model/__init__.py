"""The outcome of a session, and when it is asked. Pure."""
