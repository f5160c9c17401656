"""The exception that ends a performance early."""


class StoryStopped(Exception):
    """The story cannot continue; the message gives the reason."""
