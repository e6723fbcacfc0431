"""The first look at a message: talk, noise and what is turned away, before anything is searched."""

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.question.sorts.screening import Screened, is_idle, is_noise, screen
from bot.question.sorts.smalltalk import recognise_talk
from bot.steps.door.ours import names_ours
from bot.steps.door.stating import states
from bot.turn import Turn
from kb.kinds import OUR_KINDS
from kb.personal_data import PLACEHOLDERS


def receive(turn: Turn) -> Finding | None:
    """A fixed reply for what is no question on trade, or None to go on. None of it is kept for an agency."""
    message = _without_placeholders(turn.question)
    if turn.personal_data and not any(map(str.isalnum, message)):
        return _refused(Reason.PERSONAL_DATA, "only_personal_data")
    screened = screen(message)
    if screened is None and is_idle(turn.index.words(message)) and not names_ours(turn):
        screened = Screened.OFF_TOPIC
    if screened is Screened.OFF_TOPIC and states(turn):
        screened = None
    if screened:
        reason = Reason.OUT_OF_SCOPE if screened is Screened.OFF_TOPIC else Reason.INPUT_REJECTED
        return _refused(reason, screened.value)
    talk = recognise_talk(turn.question)
    if talk:
        return Finding(Status.SMALLTALK, Form.TALK, words=talk.value, confidence=1.0)
    if not turn.query.sections and not names_ours(turn) and is_noise(turn.question, known=_is_known(turn)):
        return _refused(Reason.INPUT_REJECTED, Screened.NOISE.value)
    return None


def _refused(reason: Reason, words: str) -> Finding:
    return Finding(Status.REFUSED, Form.TALK, reason, words=words, confidence=1.0)


def _is_known(turn: Turn) -> bool:
    reading = turn.query
    return bool(
        turn.topic
        or turn.lexicon.agencies(reading.text)
        or turn.lexicon.concepts(reading.text)
        or turn.desk.law_names(turn.session, turn.index).find(reading.text)
        or turn.index.known_share(turn.question, kinds=OUR_KINDS) > 0
        or turn.desk.speller(turn.index, turn.lexicon).correct(turn.question, turn.script).corrections
    )


def _without_placeholders(text: str) -> str:
    for placeholder in PLACEHOLDERS:
        text = text.replace(placeholder, " ")
    return text
