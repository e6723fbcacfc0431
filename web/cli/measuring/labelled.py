"""Labelled questions asked of a desk: what each came to, and what the confidence model saw of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.answer import Answer
from bot.find.confidence import Features
from bot.find.law_confidence import LawFeatures
from bot.trace import Trace
from indexer.text.script import to_script
from kb.documents import knowledge
from kb.kinds import LAWS
from web.cli.asking.dialogue import hold
from web.cli.measuring.held_out import without, without_author
from web.locale import Locale
from web.state.front_desk import FrontDesk

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A labelled question, its last answer, and the way to it."""

    question: Question
    answer: Answer
    trace: Trace

    def features(self) -> Features | None:
        """What the confidence model saw of the city's documents; None where they were not searched."""
        seen = self.trace.last("ours")
        return Features(**seen["features"]) if seen else None

    def first_candidate(self) -> str | None:
        """The id of the likeliest passage of the city's documents; None where they were not searched."""
        seen = self.trace.last("ours")
        return str(seen["first"]) if seen else None

    def law_features(self) -> LawFeatures | None:
        """What the confidence model of the laws saw; None where they were not asked."""
        seen = self.trace.last("laws")
        return LawFeatures(**seen["features"]) if seen else None

    def articles(self) -> list[str]:
        """The ids of the articles that were found, best first."""
        seen = self.trace.last("laws")
        return list(seen["found"]) if seen else []


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


def right_passages(desk: FrontDesk, question: Question) -> frozenset[str]:
    """The ids of the passages that answer a labelled question."""
    with desk.sessions() as session:
        plans = knowledge.documents(session, kind="plan")
        laws = knowledge.law_names(session)
    measures = [f"{plan.id}/{section}" for plan in plans for section in question.get("measures") or ()]
    articles = [f"{laws.get(title)}/{number}" for title, number in question.get("law") or ()]
    return frozenset((*measures, *articles))


def ask_held_out(desk: FrontDesk, every: int, *, outside: bool = False) -> Iterator[Asked]:
    """One in ``every`` of each author's variants, asked of an index that holds only the other authors'.

    With ``outside`` also as many of the author's questions that no document answers. Most laws have the
    variants of a single author: of those just the ones that are asked are left out.
    """
    with desk.sessions() as session:
        titles = {law.id: law.title for kind in LAWS for law in knowledge.documents(session, kind=kind)}
        written = knowledge.variants_by_author(session)
        unanswered = knowledge.outside_by_author(session) if outside else {}
    of_laws: list[tuple[str, str]] = []
    for author in sorted(written.keys() | unanswered.keys()):
        ours = [one for one in written.get(author, ()) if one[0].partition("/")[0] not in titles]
        of_laws += [one for one in written.get(author, ()) if one[0].partition("/")[0] in titles]
        questions = [_variant(*one, titles) for one in ours[::every]]
        questions += [_outside(text) for text in unanswered.get(author, ())[::every]]
        if questions:
            with without_author(desk, author) as others:
                yield from ask_all(others, _numbered(author, questions))
    asked = of_laws[::every]
    if asked:
        with without(desk, {text for _, text in asked}) as others:
            yield from ask_all(others, _numbered("laws", [_variant(*one, titles) for one in asked]))


def _variant(passage_id: str, text: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """A variant as a question, labelled by the passage it was written for."""
    document, _, section = passage_id.partition("/")
    law = [[titles[document], section]] if document in titles else []
    measures = [] if law else [section]
    return {"turns": [text], "answerable": "full", "measures": measures, "law": law}


def _outside(text: str) -> dict[str, Any]:
    return {"turns": [text], "answerable": "none", "measures": [], "law": []}


def _numbered(kind: str, questions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, question in enumerate(questions):
        yield {"id": f"{kind}-{number}", "kind": kind, **question}
