"""Labelled questions asked of a desk: what each came to, and what the confidence model saw of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.answer import Answer
from bot.confidence import Features
from bot.trace import Trace
from indexer.script import to_script
from kb import knowledge
from web.cli.dialogue import hold
from web.desk import FrontDesk
from web.held_out import without_author
from web.locale import Locale

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A labelled question, its last answer, and the way to it."""

    question: Question
    answer: Answer
    trace: Trace

    def features(self) -> Features | None:
        """What the confidence model saw; None where the question was answered without it."""
        seen = self.trace.last("features")
        return Features(**seen) if seen else None

    def first_candidate(self) -> str | None:
        """The section of the passage that was thought likeliest; None where nothing was searched."""
        found = self.trace.last("candidates")
        return next(iter(found)).partition("/")[2] if found else None


def ask_all(desk: FrontDesk, questions: Iterable[Question]) -> Iterator[Asked]:
    """Ask every question, as a conversation of its own that is not kept."""
    for question in questions:
        traces: list[Trace] = []
        locale = cast("Locale | None", question.get("locale"))
        answers = hold(desk, question["turns"], keep=False, locale=locale, traces=traces)
        yield Asked(question, answers[-1], traces[-1] if traces else Trace())


def same_in_both_scripts(desk: FrontDesk, question: Question) -> bool:
    """Whether the question gets the same citations written in simplified and in traditional characters."""
    cited = []
    for script in ("hans", "hant"):
        turns = [to_script(turn, script) for turn in question["turns"]]
        last = hold(desk, turns, keep=False)[-1]
        cited.append([(one.passage.id, one.start, one.end) for one in last.citations])
    return cited[0] == cited[1]


def variants_as_questions(
    written: Sequence[tuple[str, str]], author: str, every: int
) -> list[dict[str, Any]]:
    """One in ``every`` of an author's question variants, labelled by the passage each was written for."""
    return [
        {
            "id": f"{author}-{number}",
            "kind": author,
            "turns": [text],
            "answerable": "full",
            "measures": [passage_id.partition("/")[2]],
        }
        for number, (passage_id, text) in enumerate(written)
        if number % every == 0
    ]


def ask_held_out(desk: FrontDesk, every: int) -> Iterator[Asked]:
    """One in ``every`` of each author's variants, asked of an index that holds only the other authors'."""
    with desk.sessions() as session:
        written = knowledge.variants_by_author(session)
    for author, variants in written.items():
        with without_author(desk, author) as others:
            yield from ask_all(others, variants_as_questions(variants, author, every))
