"""Rowena writes down what came of the session of OCTA: Pieter was there and somebody who had not
signed up, and one promise and one action were agreed."""

from datetime import date

from doorpakken_events.golden import commitments, people
from doorpakken_events.golden.example import Example, at
from doorpakken_events.registration import Asking, SessionReported

_ASKED_AT, _DONE_AT = at(28, 7), at(28, 9, 30)

REPORTED = Example(
    SessionReported(
        session_id=people.OCTA_SESSION,
        gathering_id=people.GATHERING,
        came=(people.PIETER_AT_GATHERING,),
        others=1,
        commitment_ids=(commitments.PROMISE_ID, commitments.ACTION_ID),
        told=(Asking(what="morning_after", due=date(2023, 10, 27), at=_ASKED_AT),),
        state="done",
        reported_at=_DONE_AT,
    ),
    version=2,
    time=_DONE_AT,
    number=141,
)

EXAMPLES = (REPORTED,)
