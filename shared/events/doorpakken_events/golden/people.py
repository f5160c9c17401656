"""The ids that the events of the story share."""

from doorpakken_events.golden.example import at, id_at

_EARLY = at(15, 8, month=9)

GATHERING = id_at(_EARLY, 1)
SPRING_GATHERING = id_at(_EARLY, 2)
ROWENA = id_at(_EARLY, 11)
PIETER = id_at(_EARLY, 12)
KOFI = id_at(_EARLY, 13)
MARLOES = id_at(_EARLY, 14)
YASMIN = id_at(_EARLY, 15)
OCTA = id_at(_EARLY, 21)
REIGERBANK = id_at(_EARLY, 22)
PIETER_AT_GATHERING = id_at(_EARLY, 31)
KOFI_AT_GATHERING = id_at(_EARLY, 32)
YASMIN_AT_GATHERING = id_at(_EARLY, 33)
OCTA_PITCH = id_at(_EARLY, 41)
WORK_PLACES = id_at(_EARLY, 51)
COACHING = id_at(_EARLY, 52)
MEETINGS = id_at(_EARLY, 53)
OCTA_SESSION = id_at(_EARLY, 61)
REPAIR_SESSION = id_at(_EARLY, 62)
REPAIR_PITCH = id_at(_EARLY, 42)
RUN = id_at(_EARLY, 71)
