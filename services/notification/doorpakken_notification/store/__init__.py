"""Every MongoDB query and index of notification."""

from doorpakken_notification.store import facts, mail_bytes, rows, set_apart, suppressions, waves

INDEXES = (
    *facts.INDEXES,
    *rows.INDEXES,
    *set_apart.INDEXES,
    *mail_bytes.INDEXES,
    *waves.INDEXES,
    *suppressions.INDEXES,
)
