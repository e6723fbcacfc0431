"""The way to a person: who asks for one, for a telephone number, or to complain is never turned away.

Numbers and addresses come from the directory. None is made up; one that is missing is said to be missing.
"""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Finding, Form
from bot.question.wishes.wants import WAYS, Want
from bot.turn import Turn
from bot.way import Way
from kb.documents import directory, knowledge
from kb.documents.directory import HotlineView
from kb.documents.knowledge import AgencyView

_MOST = 5


def show_the_way(turn: Turn) -> Finding | None:
    """The way to somebody, for a message that wants nothing else; a letter is declined. Else None."""
    want = turn.query.want
    if want is Want.LETTER:
        return Finding(
            Status.REFUSED,
            Form.WAY,
            Reason.OUT_OF_SCOPE,
            words="way_letter",
            way=way_of(turn, want),
            confidence=1.0,
        )
    if turn.personal_data and not turn.query.agencies and want is Want.TELEPHONE:
        return None  # 〔手机号〕 stands for a number of the asker's own
    if want not in WAYS or (want is Want.TELEPHONE and _is_of_what_is_in_hand(turn)):
        return None
    return Finding(
        Status.SMALLTALK, Form.WAY, words=f"way_{want.value}", way=way_of(turn, want), confidence=1.0
    )


def _is_of_what_is_in_hand(turn: Turn) -> bool:
    """Whether a number is asked for about the passage in hand: the way then goes with what that says."""
    query = turn.query
    return bool(turn.topic.passages) and not (query.agencies or query.hotlines or query.numbers)


def with_the_way(turn: Turn, finding: Finding) -> Finding:
    """``finding`` with the way to somebody, where the message asks for that besides and is not answered.

    Rudeness and a complaint about an answer get it too: whoever is angry wants to be heard.
    """
    if finding.way is not None or finding.status in (Status.ANSWERED, Status.CLARIFY):
        return finding
    wanted = [want for want in turn.query.wants if want in WAYS]
    if finding.words in ("abuse", "correction", "identity"):
        return replace(finding, way=way_of(turn, Want.PERSON))
    if not wanted:
        return finding
    way = way_of(turn, wanted[0])
    return replace(finding, way=replace(way, help=False))


def way_of(turn: Turn, want: Want) -> Way:
    """Whom to turn to: the numbers and agencies named, those of the passages in hand, else all numbers."""
    hotlines = directory.hotlines(turn.session)
    query = turn.query
    agencies = _agencies(turn)
    called = {one.value.number for one in query.hotlines} | set(query.numbers)
    chosen = [one for one in hotlines if one.number in called or _is_for(one, agencies)]
    if not chosen:
        general = [one for one in hotlines if one.general]
        chosen = general if want in (Want.PERSON, Want.LETTER) or agencies or called else hotlines
    known = {one.number for one in hotlines}
    return Way(
        tuple(chosen[:_MOST]),
        tuple(agencies[:_MOST]),
        tuple(number for number in query.numbers if number not in known),
    )


def _agencies(turn: Turn) -> list[AgencyView]:
    """The agencies named; else, after an answer, those of the passage in hand."""
    named = {one.value.id: one.value for one in turn.query.agencies}
    if not named and not turn.query.hotlines and not turn.query.numbers:
        in_hand = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today)
        named = {mention.agency.id: mention.agency for one in in_hand.values() for mention in one.agencies}
    contacts = directory.contacts(turn.session)
    return [replace(one, contacts=contacts.get(key, ())) for key, one in named.items()]


def _is_for(hotline: HotlineView, agencies: list[AgencyView]) -> bool:
    return any(hotline.agency_id == one.id for one in agencies)
