"""Why a performance ended before its end. Refuses nothing."""


class StoryStopped(Exception):
    """The story cannot go on; the message says what stood in its way."""
