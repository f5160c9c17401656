"""Every MongoDB query and index of notification."""

from doorpakken_notification.store import facts, mail_bytes, rows, waves

INDEXES = (*facts.INDEXES, *rows.INDEXES, *mail_bytes.INDEXES, *waves.INDEXES)
