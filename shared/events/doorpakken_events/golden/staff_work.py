"""On the morning before the gathering two plans are still to be read."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.staff_work import StaffWork, WorkLine

TO_READ = WorkLine(
    kind="pitches_to_review",
    count=2,
    since=at(2, 9),
    service="registration",
    path=f"/staff/g/{people.GATHERING}/pitches",
)
WAITING = Example(
    StaffWork(
        staff_work_id=id_at(at(5, 7), 101),
        service="registration",
        gathering_id=people.GATHERING,
        lines=(TO_READ,),
    ),
    version=1,
    time=at(5, 7),
    number=111,
    said_by="registration",
)
EXAMPLES = (WAITING,)
