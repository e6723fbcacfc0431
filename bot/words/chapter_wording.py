"""Wording a whole chapter of a law: its first articles, and the others by number and first words."""

from bot.finding import Evidence, Finding
from bot.turn import Turn
from bot.words.article_wording import edition_text, notes_text, read
from bot.words.wording import say

QUOTED = 3
"""So many articles of a chapter are quoted; the others are told by number and first words."""


def chapter_text(turn: Turn, finding: Finding) -> str:
    """The notes, the heading, the first articles quoted, then a line for each of the others."""
    first, others = finding.evidence[:QUOTED], finding.evidence[QUOTED:]
    lines = [*notes_text(turn, finding), _headed(turn, finding)]
    for one in first:
        lines.append(
            say("chapter_article", turn.script, turn.locale, label=read(turn, one.passage, one.passage.label))
        )
        lines.append(f"「{read(turn, one.passage, one.quote)}」")
    if others:
        lines.append(say("chapter_rest", turn.script, turn.locale))
    lines += [_line(turn, number, one) for number, one in enumerate(others, len(first) + 1)]
    return "\n".join(lines)


def _headed(turn: Turn, finding: Finding) -> str:
    passage = finding.evidence[0].passage
    return say(
        "chapter",
        turn.script,
        turn.locale,
        title=read(turn, passage, passage.document.title),
        label=read(turn, passage, finding.about["label"]),
        edition=edition_text(turn, passage.document),
        count=str(len(finding.evidence)),
    )


def _line(turn: Turn, number: int, one: Evidence) -> str:
    whole = one.quote.endswith("。")
    words = read(turn, one.passage, f"{one.passage.label} {one.quote}")
    return f"{number}. {words}{'' if whole else '……'}"
