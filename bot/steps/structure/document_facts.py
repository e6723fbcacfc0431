"""What is told of a document itself, from its own data: since when it holds, who issued it, whether it holds.

Where the text states it (自…起施行) that is quoted; else only the data are told, with what is not stated.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form, Note
from bot.question.laws.law_editions import edition_asked
from bot.question.wishes.facts import Fact
from bot.steps.laws.law_as_of import not_held_then
from bot.topic import Topic
from bot.turn import Turn
from indexer.text.folding import folded_text
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView
from kb.kinds import LAWS

_TAKES_EFFECT = ("起施行", "起实施", "起生效", "起执行")
_PREAMBLE = "0"


def tell_facts(turn: Turn) -> Finding | None:
    """The facts asked for of the laws named, of the law in hand, or of the plan; None where none is asked."""
    facts = turn.query.facts
    editions = _editions(turn) if facts else []
    notes: list[Note] = []
    evidence: list[Evidence] = []
    lacking = False
    for edition in editions:
        told = [note for fact in facts for note in _TOLD[fact](turn, edition)]
        lacking |= any(note.words == "fact_no_effective" for note in told)
        notes += told
        evidence += _stating(turn, edition, facts)
    if not notes:
        return None
    return Finding(
        Status.PARTIAL if lacking else Status.ANSWERED,
        Form.FACTS,
        reason=Reason.NOT_STATED if lacking else None,
        notes=tuple(notes),
        evidence=tuple(evidence),
        confidence=1.0,
        keep=lacking,
        topic=Topic(turn.question, tuple(one.passage.id for one in evidence)),
    )


def _editions(turn: Turn) -> list[DocumentView]:
    """The edition that is meant of each document: the laws named, else that in hand, else the plan."""
    named = [law.document_id for law in turn.desk.law_names(turn.session, turn.index).find(turn.query.text)]
    if not named and not turn.query.names_document:
        named = _in_hand(turn)
    if named:
        return [
            edition_asked(
                turn.query.day, knowledge.editions(turn.session, law, on=turn.today), turn.today
            ).edition
            for law in dict.fromkeys(named)
            if not not_held_then(turn, law)
        ]
    return turn.plans[:1] if turn.query.names_document else []


def _in_hand(turn: Turn) -> list[str]:
    found = knowledge.passages(turn.session, turn.topic.passages[:1], on=turn.today).values()
    return [one.document.id for one in found if one.document.kind in LAWS]


def _stating(turn: Turn, edition: DocumentView, facts: Sequence[Fact]) -> list[Evidence]:
    """The passage that states the day of effect; of a document without one its opening words."""
    passages = knowledge.passages_of_edition(turn.session, edition.id, edition.version, on=turn.today)
    if {Fact.EFFECTIVE, Fact.VALIDITY} & set(facts) and (found := _effect_stated(edition, passages)):
        return [Evidence.whole(found) if not found.body else Evidence.body(found)]
    opening = [one for one in passages if one.section == _PREAMBLE]
    return [Evidence.whole(one) for one in opening[:1]]


def _effect_stated(edition: DocumentView, passages: Sequence[PassageView]) -> PassageView | None:
    """The last passage that says from when the document holds; one that names the very day goes first."""
    stating = [one for one in passages if one.citable and _says_effect(folded_text(one.body))]
    if not stating or edition.effective_on is None:
        return stating[-1] if stating else None
    day = _written(edition.effective_on)
    return next((one for one in reversed(stating) if day in folded_text(one.body)), stating[-1])


def _says_effect(body: str) -> bool:
    return any(words in body for words in _TAKES_EFFECT)


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _about(edition: DocumentView) -> dict[str, str]:
    return {
        "title": edition.title,
        "since": edition.starts_on.isoformat(),
        "issued": edition.issued_on.isoformat() if edition.issued_on else "",
        "adopted": (edition.adopted_on or edition.starts_on).isoformat(),
        "issuer": edition.issuer,
        "number": edition.number or "",
    }


def _effective(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    if edition.effective_on is None:
        yield Note("fact_no_effective", _about(edition))
        return
    words = "fact_effective" if edition.kind in LAWS else "fact_effective_plain"
    yield Note(words, _about(edition))
    yield from _standing(turn, edition)


def _validity(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    yield from _standing(turn, edition)
    about = _about(edition)
    if edition.expires_on:
        yield Note("fact_expires", {**about, "until": edition.expires_on.isoformat()})
    elif edition.kind not in LAWS and not edition.ended_on:
        yield Note("fact_no_expiry", about)


def _standing(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    """Whether it holds on the day that is asked about, and what comes or came in its place."""
    status = edition.status_on(turn.today)
    about = {**_about(edition), "day": turn.today.isoformat()}
    ended = edition.ended_on or edition.expires_on
    if status == "not_yet_in_force":
        yield Note("fact_to_come", about)
    elif status != "in_force":
        yield Note("fact_past", {**about, "until": ended.isoformat() if ended else ""})
    else:
        yield Note("fact_in_force", about)
        editions = knowledge.editions(turn.session, edition.id, on=turn.today) if edition.version else []
        for later in editions:
            if later.starts_on > turn.today:
                yield Note("fact_next_edition", _about(later))


def _issued(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    del turn
    if edition.kind in LAWS and edition.adopted_on:
        yield Note("fact_adopted", _about(edition))
    else:
        yield Note("fact_issued", _about(edition))


def _issuer(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    del turn
    yield Note("fact_issued", _about(edition)) if edition.issued_on else Note("fact_issuer", _about(edition))


def _number(turn: Turn, edition: DocumentView) -> Iterator[Note]:
    del turn
    yield Note("fact_number" if edition.number else "fact_no_number", _about(edition))


_TOLD = {
    Fact.EFFECTIVE: _effective,
    Fact.ISSUED: _issued,
    Fact.ISSUER: _issuer,
    Fact.NUMBER: _number,
    Fact.VALIDITY: _validity,
}
