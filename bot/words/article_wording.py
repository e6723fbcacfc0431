"""Wording answers from laws: where the rule stands, in which edition, and the rule itself."""

from collections.abc import Iterable, Sequence

from bot.finding import Evidence, Finding
from bot.turn import Turn
from bot.words.wording import say
from indexer.text.script import to_script
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView, PassageView
from kb.kinds import LAW_KINDS

_STATUS_WORDS = {
    "in_force": "edition_in_force",
    "not_yet_in_force": "edition_status_to_come",
    "amended": "edition_status_amended",
    "repealed": "edition_status_repealed",
    "expired": "edition_status_repealed",
}


def articles_text(turn: Turn, finding: Finding) -> str:
    """The notes, then each article once with what is quoted of it; articles below the first as 相关条文."""
    lines = notes_text(turn, finding)
    for quotes in _by_article(finding.evidence):
        lines.append(_headed(turn, quotes[0].passage))
        lines += [f"「{read(turn, quote.passage, quote.quote)}」" for quote in quotes]
    return "\n".join(lines)


def _by_article(evidence: Sequence[Evidence]) -> Iterable[list[Evidence]]:
    """The quotes of each article together and in its order, articles in the order they are first quoted."""
    found: dict[tuple[str, str], list[Evidence]] = {}
    for one in evidence:
        found.setdefault((one.passage.id, one.passage.sha256), []).append(one)
    return (sorted(quotes, key=lambda one: one.start) for quotes in found.values())


def related_text(turn: Turn, finding: Finding) -> str:
    """What other sources say beside the answer, under a heading that names their group."""
    group = "group_law" if finding.related[0].passage.document.kind in LAW_KINDS else "group_measures"
    lines = [say(group, turn.script, turn.locale)]
    for evidence in finding.related:
        lines.append(say("clause", turn.script, turn.locale, **_place(turn, evidence.passage)))
        lines.append(f"「{read(turn, evidence.passage, evidence.quote)}」")
    return "\n".join(lines)


def facts_text(turn: Turn, finding: Finding) -> str:
    """The facts of a document, then where its text states them."""
    lines = notes_text(turn, finding)
    for evidence in finding.evidence:
        lines.append(say("clause", turn.script, turn.locale, **_place(turn, evidence.passage)))
        lines.append(f"「{read(turn, evidence.passage, evidence.quote)}」")
    return "\n".join(lines)


def notes_text(turn: Turn, finding: Finding) -> list[str]:
    """Our own sentences that go before the quotes."""
    return [
        say(note.words, turn.script, turn.locale, **_read_all(turn, note.about)) for note in finding.notes
    ]


def edition_text(turn: Turn, document: DocumentView) -> str:
    """Which edition it is, since when, and whether it holds."""
    status = document.status_on(turn.today)
    return say(
        "edition_in_force_then" if turn.as_of and status == "in_force" else _STATUS_WORDS[status],
        turn.script,
        turn.locale,
        day=turn.today.isoformat(),
        adopted=(document.adopted_on or document.starts_on).isoformat(),
        since=document.starts_on.isoformat(),
    )


def _headed(turn: Turn, passage: PassageView) -> str:
    document = passage.document
    chapter = " ".join(
        read(turn, node, f"{node.label} {node.heading or ''}".strip())
        for node in knowledge.containers(turn.session, passage)
    )
    edition = edition_text(turn, document)
    return say(
        "article",
        turn.script,
        turn.locale,
        title=read(turn, passage, document.title),
        label=read(turn, passage, passage.label),
        where="，".join(filter(None, (chapter, edition))),
    )


def _place(turn: Turn, passage: PassageView) -> dict[str, str]:
    label = f"{read(turn, passage, passage.label)} {read(turn, passage, passage.heading or '')}".rstrip()
    return {"title": read(turn, passage, passage.document.title), "label": label}


def read(turn: Turn, passage: PassageView, text: str) -> str:
    """``text`` of ``passage`` for the asker to read: as it stands where the document is in their script."""
    return text if passage.document.script == turn.script else to_script(text, turn.script)


def _read_all(turn: Turn, about: dict[str, str]) -> dict[str, str]:
    return {name: to_script(value, turn.script) for name, value in about.items()}
