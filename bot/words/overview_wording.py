"""Wording a document as a whole: its parts with numbers, or all its measures part by part."""

from bot.finding import Evidence, Finding
from bot.turn import Turn
from bot.words.article_wording import read
from bot.words.wording import ENGLISH, say


def overview_text(turn: Turn, finding: Finding) -> str:
    """A line for each part with the number of what stands below it, then what is quoted of the whole."""
    lines = [say(finding.words, turn.script, turn.locale, **finding.about)]
    if finding.words == "whole_list":
        return "\n".join((*lines, *_by_section(turn, finding)))
    parts = finding.evidence[: len(finding.tally)]
    unit = "overview_article" if finding.words.startswith("law_") else "overview_measure"
    for one, number in zip(parts, finding.tally, strict=True):
        told = say(unit, turn.script, turn.locale, count=str(number))
        between = " " if turn.locale == ENGLISH else ""
        lines.append(f"{_labelled(turn, one)}{between}{told}")
    for one in finding.evidence[len(finding.tally) :]:
        lines.append(f"{_labelled(turn, one)}：")
        lines.append(f"「{read(turn, one.passage, one.quote)}」")
    return "\n".join(lines)


def _by_section(turn: Turn, finding: Finding) -> list[str]:
    lines: list[str] = []
    for section in finding.taps:
        own = [one for one in finding.evidence if one.passage.parent == section.section]
        lines.append(read(turn, section, f"{section.label} {section.heading or ''}".strip()))
        lines += [f"{number}. {_labelled(turn, one)}" for number, one in enumerate(own, start=1)]
    placed = {section.section for section in finding.taps}
    lines += [_labelled(turn, one) for one in finding.evidence if one.passage.parent not in placed]
    return lines


def _labelled(turn: Turn, one: Evidence) -> str:
    return read(turn, one.passage, f"{one.passage.label} {one.passage.heading or ''}".strip())
