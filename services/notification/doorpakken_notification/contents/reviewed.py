"""Contents of mails to who pitch something: it is accepted or not, or staff have a question; with
what staff wrote to them. Waits until the pitch is known as it was reviewed."""

from doorpakken_events import states
from doorpakken_events.registration import MailRequested, PitchState

from doorpakken_notification.contents.own import gathering_line
from doorpakken_notification.contents.writer import Writer, Written, given, named
from doorpakken_notification.model.contents import Waits

PITCH = "pitch"


async def pitch_accepted(writer: Writer) -> Written:
    return await _about(writer, states.Pitch.ACCEPTED)


async def pitch_declined(writer: Writer) -> Written:
    return await _about(writer, states.Pitch.DECLINED)


async def pitch_question(writer: Writer) -> Written:
    return await _about(writer, states.Pitch.SUBMITTED)


async def _about(writer: Writer, state: states.Pitch) -> Written:
    request = await writer.require(MailRequested, writer.object_id)
    pitch_id = given(request.pitch_id)
    pitch = await writer.require(PitchState, pitch_id)
    subject = f"{PitchState.AGGREGATE}/{pitch_id}"
    if pitch.state != state:
        if pitch.state == states.Pitch.SUBMITTED:
            raise Waits(subject)  # the review itself was not heard yet
        raise writer.over()
    return Written(
        {
            "pitch": named(pitch.title, subject),
            "text": request.text,
            "gathering": await gathering_line(writer, request.gathering_id),
            "url": writer.url(PITCH, pitch_id),
        }
    )
