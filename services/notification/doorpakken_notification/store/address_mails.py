"""Counts the mails that strangers had sent to an address, in `address_mails`: by the keyed hash of
the address, in a window that ends by the server's clock. Stores no address."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index
from doorpakken_plumbing.time import clock

ADDRESS_MAILS = "address_mails"
INDEXES = (Index(ADDRESS_MAILS, [("until", ASCENDING)], expire_after_seconds=0),)


@dataclass(frozen=True)
class Counted:
    """The number of mails in this window, its end, and the mail that gathers the rest."""

    mails: int
    until: datetime
    gathered_in: str | None


def key_of(keys: LinkKeys, address: str) -> str:
    """A keyed hash: nobody without the key can try addresses against it."""
    key = keys.keys[keys.signing]
    return hmac.new(key, b"address\0" + address.strip().lower().encode(), sha256).hexdigest()


async def count_mail(
    documents: Documents, address_key: str, mail_key: str, *, most: int, window: timedelta
) -> Counted:
    """Counts one more; the first mail over the limit gathers those that come after it."""
    is_open = {"$gt": ["$until", "$$NOW"]}
    is_first_over = {
        "$and": [{"$gt": ["$mails", most]}, {"$eq": [{"$ifNull": ["$gathered_in", None]}, None]}]
    }
    until = clock.real_now() + window
    found = await documents[ADDRESS_MAILS].find_one_and_update(
        {"_id": address_key},
        [
            {
                "$set": {
                    "mails": {"$cond": [is_open, {"$add": ["$mails", 1]}, 1]},
                    "gathered_in": {"$cond": [is_open, "$gathered_in", None]},
                    "until": {"$cond": [is_open, "$until", until]},
                }
            },
            {"$set": {"gathered_in": {"$cond": [is_first_over, mail_key, "$gathered_in"]}}},
        ],
        upsert=True,
    )
    assert found is not None
    return Counted(int(found["mails"]), found["until"], found.get("gathered_in"))
