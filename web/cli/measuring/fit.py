"""``guanwen fit``: the weights behind ``confidence``, from labelled questions, for a person to review."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import click

from bot.find.fitting import (
    LAWS_WITH_MEANING,
    LAWS_WORDS_ALONE,
    WITH_MEANING,
    WORDS_ALONE,
    Example,
    Fitted,
    cross_fitted,
    fit,
)
from bot.steps.laws.law_answers import SHOWN
from web.cli.asking.line_shapes import Labelled
from web.cli.asking.lines import read_lines
from web.cli.front_desk_opening import with_front_desk
from web.cli.grammar import Command
from web.cli.measuring.labelled import Asked, ask_all, ask_held_out, right_passages
from web.cli.measuring.reliability import calibration_error
from web.clock import local_date, now
from web.exits import ExitCode, Refusal
from web.speech import say
from web.state.front_desk import FrontDesk

# Of the questions that reach a desk about one in five is none that the documents answer.
_SHARES = {"ours": 0.5, "law": 0.3, "outside": 0.2}
_THRESHOLDS = tuple(step / 100 for step in range(20, 81, 5))


@click.command(
    cls=Command,
    help=say(
        "用带标注的问题拟合置信度模型，输出 bot/data 里两个 confidence.toml 的内容供审阅。\n\n"
        "除问题集外，也逐个作者留出问法和资料之外的问题。不改动任何文件。",
        "Fit the confidence models to labelled questions; print what belongs into bot/data/confidence.toml "
        "and law_confidence.toml, for review.\n\n"
        "Besides the question sets, each author's variants and outside questions are used, held out. "
        "No file is changed.",
    ),
    example="guanwen fit tests/data/labelled/*.jsonl",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--every", default=8, metavar="N", help=say("每 N 条问法取一条", "Use one in N of the variants.")
)
@with_front_desk
def fit_confidence(desk: FrontDesk, files: tuple[str, ...], every: int) -> None:
    """Fit and print."""
    if desk.desk.semantics is None:
        raise Refusal(
            ExitCode.UNAVAILABLE,
            "没有语义模型，无法拟合",
            "there is no model of meaning, and so nothing to fit for it",
        )
    questions = [question for name in files for question in read_lines(name, Labelled)]
    words_alone = _asked(replace(desk, desk=replace(desk.desk, semantics=None)), questions, every)
    with_meaning = _asked(desk, questions, every)
    click.echo(f"# bot/data/confidence.toml\nfitted_on = {local_date(now())}")
    _tell("words", _examples(words_alone, _of_measures), WORDS_ALONE)
    _tell("meaning", _examples(with_meaning, _of_measures), WITH_MEANING)
    click.echo(f"\n# bot/data/law_confidence.toml\nfitted_on = {local_date(now())}")
    _tell("words", _examples(words_alone, _of_articles), LAWS_WORDS_ALONE)
    _tell("meaning", _examples(with_meaning, _of_articles), LAWS_WITH_MEANING)


@dataclass(frozen=True)
class _Told:
    """A question that was asked, the passages that answer it, and of which sources those are."""

    asked: Asked
    right: frozenset[str]

    @property
    def group(self) -> str:
        """Of what the question is: of nothing here, of the laws or of the city's documents."""
        if self.asked.question["answerable"] == "none":
            return "outside"
        return "law" if self.asked.question.get("law") else "ours"


def _asked(desk: FrontDesk, questions: Sequence[dict[str, object]], every: int) -> list[_Told]:
    asked = [*ask_all(desk, questions), *ask_held_out(desk, every, outside=True)]
    return [_Told(one, right_passages(desk, one.question)) for one in asked]


def _of_measures(told: _Told) -> Example | None:
    """What can be learned from a question; None where it was answered before anything was searched."""
    features = told.asked.features()
    return Example(features, told.asked.first_candidate() in told.right) if features else None


def _of_articles(told: _Told) -> Example | None:
    features = told.asked.law_features()
    if features is None:
        return None
    return Example(features, not told.right.isdisjoint(told.asked.articles()[:SHOWN]))


def _examples(told: Sequence[_Told], learn: Callable[[_Told], Example | None]) -> list[Example]:
    """Weighed so that each group counts for its share of what reaches a desk, however many were written."""
    pairs = [(one.group, example) for one in told if (example := learn(one))]
    counts = Counter(group for group, _ in pairs)
    whole = sum(_SHARES[group] for group in counts)
    return [
        replace(example, weight=_SHARES[group] / whole * len(pairs) / counts[group])
        for group, example in pairs
    ]


def _tell(name: str, examples: list[Example], features: Sequence[str]) -> None:
    try:
        fitted = fit(examples, features)
    except ValueError as error:
        raise Refusal(
            ExitCode.BAD_DATA, f"问题集不足以拟合：{error}", f"too few questions to fit: {error}"
        ) from error
    click.echo("\n".join(_table(name, fitted)))
    for line in _report(examples, cross_fitted(examples, features).tolist()):
        click.echo(f"{name}: {line}", file=sys.stderr)


def _table(name: str, fitted: Fitted) -> Iterable[str]:
    yield f"\n[{name}]"
    yield f"bias = {fitted.bias:.3f}"
    yield f"\n[{name}.weights]"
    yield from (f"{feature} = {weight:.3f}" for feature, weight in fitted.weights.items())


def _report(examples: Sequence[Example], chances: Sequence[float]) -> Iterable[str]:
    """What a threshold would let through and hold back, by models that had not seen the question."""
    right = [example.right for example in examples]
    weights = [example.weight for example in examples]
    error = calibration_error(list(zip(chances, right, strict=True)))
    yield f"{len(examples)} questions, calibration error {error:.3f}"
    for threshold in _THRESHOLDS:
        through = [chance >= threshold for chance in chances]
        answered = _share(weights, right, [one and yes for one, yes in zip(through, right, strict=True)])
        wrong = [not one for one in right]
        held = _share(weights, wrong, [not one and no for one, no in zip(through, wrong, strict=True)])
        yield f"answer_at {threshold:.2f}: right answered {answered:.1%}, wrong held back {held:.1%}"


def _share(weights: Sequence[float], of: Sequence[bool], what: Sequence[bool]) -> float:
    whole = sum(weight for weight, counts in zip(weights, of, strict=True) if counts)
    return sum(weight for weight, counts in zip(weights, what, strict=True) if counts) / max(whole, 1e-9)
