"""How good the answers to a labelled question set are: the referee's figures, computed anew.

Labels and measures are those of the question sets (docs/operating.md). Only the last response of a line
counts. Both sides are folded first: simplified, half width, without white space and punctuation.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from indexer.text.script import to_script

PLAN_TITLE = "厦门市2024年促进跨境贸易便利化专项行动工作方案"
_IGNORED = frozenset("“”\"'《》「」『』,,。.;;::、()()〔〕[]")
_COUNTRY = "中华人民共和国"
_ENOUGH = 0.8

Question = Mapping[str, Any]
Response = Mapping[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """Whether one question passed under one measure."""

    measure: str
    passed: bool


@dataclass
class Figure:
    """Passed and asked under one measure."""

    passed: int = 0
    asked: int = 0

    @property
    def share(self) -> float:
        """Passed of asked."""
        return self.passed / self.asked

    def count(self, passed: bool) -> None:
        """Add one question."""
        self.asked += 1
        self.passed += passed


@dataclass
class Scorecard:
    """The figures by measure, in the order they first came up, and what missed."""

    figures: dict[str, Figure] = field(default_factory=dict)
    misses: list[tuple[str, Question, Response]] = field(default_factory=list)

    def add(self, question: Question, response: Response) -> None:
        """Judge one question."""
        for verdict in judge(question, response):
            self.figures.setdefault(verdict.measure, Figure()).count(verdict.passed)
            if not verdict.passed:
                self.misses.append((verdict.measure, question, response))

    def as_dict(self) -> dict[str, tuple[int, int, float]]:
        """Measure → (passed, asked, share)."""
        return {
            name: (figure.passed, figure.asked, round(figure.share, 4))
            for name, figure in self.figures.items()
        }


def score(questions: Iterable[Question], responses: Mapping[str, Response]) -> Scorecard:
    """The scorecard for a set; ``responses`` holds the last response by question id. One missing fails."""
    card = Scorecard()
    for question in questions:
        card.add(question, responses.get(question["id"], {}))
    return card


def judge(question: Question, response: Response) -> Iterator[Verdict]:
    """The verdicts on one question, by what its labels say can be known."""
    answerable = question["answerable"]
    if answerable == "full" and question.get("kind") == "list":
        yield from _judge_list(question, response)
    elif answerable == "full":
        yield from _judge_full(question, response)
    elif answerable == "partial":
        yield from _judge_partial(question, response)
    else:
        yield from _judge_abstention(question, response)


def confidence_and_truth(question: Question, response: Response) -> tuple[float, bool] | None:
    """What an answer said of its first citation, and whether that was right; None where it cited nothing."""
    if not response.get("citations"):
        return None
    return float(response.get("confidence") or 0.0), _cites(question, response, 1)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """``text`` as it is compared."""
    plain = unicodedata.normalize("NFKC", to_script(text, "hans"))
    return "".join(char for char in plain if not char.isspace() and char not in _IGNORED)


def _judge_list(question: Question, response: Response) -> Iterator[Verdict]:
    """A list is right when it is nearly whole and holds nearly nothing else."""
    wanted, cited = _acceptable(question), _cited(response)
    found = sum(any(_same(place, want) for place in cited) for want in wanted)
    right = sum(any(_same(place, want) for want in wanted) for place in cited)
    whole, clean = found / max(1, len(wanted)) >= _ENOUGH, right / max(1, len(cited)) >= _ENOUGH
    yield Verdict("list recall>=0.8", whole)
    yield Verdict("list precision>=0.8", clean)
    yield Verdict("list both", whole and clean)


def _judge_full(question: Question, response: Response) -> Iterator[Verdict]:
    first = _cites(question, response, 1)
    confident = response.get("status") == "answered"
    named, said = _names_agencies(question, response), _says_what_it_must(question, response)
    correct = first and confident and named and said
    yield Verdict("cite@1", first)
    yield Verdict(f"cite@1:{question.get('kind')}", first)
    yield Verdict(f"cite@1:{question.get('script', '?')}", first)
    yield Verdict("cite@3", _cites(question, response, 3))
    yield Verdict("answered", confident)
    if question.get("agencies"):
        yield Verdict("agencies", named)
    if question.get("must_contain"):
        yield Verdict("must", said)
    yield Verdict("correct", correct)
    yield Verdict(f"correct:{question.get('kind')}", correct)
    yield Verdict(f"correct:{question.get('script', '?')}", correct)


def _judge_partial(question: Question, response: Response) -> Iterator[Verdict]:
    status, kept = response.get("status"), bool(response.get("ticket"))
    near = _cites(question, response, 3) and _names_agencies(question, response)
    yield Verdict("partial flagged", status in ("partial", "unanswered"))
    yield Verdict("partial nearest+agencies", near)
    yield Verdict("partial logged", kept)
    yield Verdict("partial correct", status == "partial" and near and kept)


def _judge_abstention(question: Question, response: Response) -> Iterator[Verdict]:
    yield Verdict("abstained", response.get("status") not in ("answered", "partial", None))
    if "log" in question:
        yield Verdict("log right", bool(response.get("ticket")) == bool(question["log"]))


def _acceptable(question: Question) -> list[Place]:
    measures = [(fold(PLAN_TITLE), str(measure)) for measure in question.get("measures") or ()]
    return measures + [(fold(law), str(article)) for law, article in question.get("law") or ()]


def _cited(response: Response) -> list[Place]:
    return [
        (fold(citation["document"]["title"]), str(citation["section"]))
        for citation in response.get("citations") or ()
    ]


def _cites(question: Question, response: Response, within: int) -> bool:
    wanted = _acceptable(question)
    return any(_same(place, want) for place in _cited(response)[:within] for want in wanted)


def _same(cited: Place, wanted: Place) -> bool:
    """The same section of a document of that name, be it with the country before it or more around it."""
    left, right = (title.removeprefix(_COUNTRY) for title in (cited[0], wanted[0]))
    return cited[1] == wanted[1] and (
        left == right or bool(left and right and (left in right or right in left))
    )


def _names_agencies(question: Question, response: Response) -> bool:
    names = fold("".join(agency["name"] for agency in response.get("agencies") or ()))
    text = _text(response)
    return all(fold(name) in names or fold(name) in text for name in question.get("agencies") or ())


def _says_what_it_must(question: Question, response: Response) -> bool:
    text = _text(response)
    return all(fold(words) in text for words in question.get("must_contain") or ())


def _text(response: Response) -> str:
    quotes = "".join(citation.get("quote") or "" for citation in response.get("citations") or ())
    return fold((response.get("answer") or "") + quotes)
