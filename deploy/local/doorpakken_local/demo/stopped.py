"""Why a performance ended before its end."""


class StoryStopped(Exception):
    """The story cannot go on; the message says what stood in its way."""
