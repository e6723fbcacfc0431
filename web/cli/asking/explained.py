"""The way of a question, note by note, for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from bot.trace import Note, Trace
from web.speech import say

_HEADINGS: Mapping[str, tuple[str, str]] = {
    "reading": ("读题", "Reading"),
    "tokens": ("检索词", "Terms"),
    "corrections": ("改正", "Corrections"),
    "expansions": ("扩展", "Expansions"),
    "candidates": ("候选条款", "Candidates"),
    "outside": ("最像的文件外问题", "Nearest outside questions"),
    "features": ("特征", "Features"),
    "ours": ("本市文件", "The city's documents"),
    "laws": ("法律", "The laws"),
    "alone": ("单独看这句话", "The message by itself"),
    "matter": ("去掉所问细节后", "Without the particular asked for"),
    "confidence": ("置信度与阈值", "Confidence and threshold"),
    "decision": ("结论", "Decision"),
}


def explain(trace: Trace) -> str:
    """Every note in the order it was made."""
    return "\n".join(line for note in trace.notes for line in _lines(note))


def _lines(note: Note) -> Iterator[str]:
    yield click.style(say(*_HEADINGS.get(note.name, (note.name, note.name))), bold=True)
    if not note.details:
        yield f"  {say('无', 'none')}"
    for name, value in note.details.items():
        yield f"  {name}: {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, Mapping):
        return "  ".join(f"{name} {_shown(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return " ".join(map(_shown, value)) or "-"
    return "-" if value in (None, "") else str(value)
