"""Every MongoDB query and index of notification."""

from doorpakken_plumbing.identity import acts

from doorpakken_notification.store import (
    address_mails,
    calls,
    facts,
    mail_bytes,
    mails,
    promises,
    set_apart,
    suppressions,
    waves,
)

INDEXES = (
    *acts.INDEXES,
    *address_mails.INDEXES,
    *calls.INDEXES,
    *facts.INDEXES,
    *mails.INDEXES,
    *promises.INDEXES,
    *set_apart.INDEXES,
    *mail_bytes.INDEXES,
    *waves.INDEXES,
    *suppressions.INDEXES,
)
