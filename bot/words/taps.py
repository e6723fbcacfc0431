"""What is offered to tap: passages with the short name of their document, and parts of a document."""

from bot.turn import Turn
from bot.words.wording import say
from indexer.text.script import to_script
from kb.documents.knowledge import DocumentView, PassageView
from kb.kinds import LAW_KINDS

_STATE = "中华人民共和国"
_LONGEST = 18


def passage_tap(turn: Turn, passage: PassageView) -> str:
    """A passage as an asker taps it: what it is about, and where it stands."""
    short = short_name(passage.document)
    if passage.document.kind in LAW_KINDS:
        return to_script(f"{short}{passage.label}", turn.script)
    if not passage.heading:
        return to_script(f"{passage.label}（{short}）", turn.script)
    return to_script(f"{passage.heading}（{short}）", turn.script)


def part_tap(turn: Turn, part: PassageView) -> str:
    """A part of a document as an asker taps it: by its number, which is looked up."""
    if part.document.kind in LAW_KINDS:
        label = f"{short_name(part.document)}{part.label}"
        return say("ask_part", turn.script, None, part=label)
    return to_script(" ".join(f"{part.label} {part.heading or ''}".split()), turn.script)


def short_name(document: DocumentView) -> str:
    """What a document is called in passing: a law without the state, a long title by its ends."""
    title = document.title.removeprefix(_STATE).removeprefix(to_script(_STATE, "hant"))
    if len(title) <= _LONGEST:
        return title
    year = title.find("年")
    start = title[: year + 1] if 0 < year < _LONGEST else title[:6]
    return f"{start}…{title[-4:]}"
