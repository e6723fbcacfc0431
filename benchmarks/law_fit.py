"""Fit the model of ``bot/data/law_confidence.toml`` and print them.

    python -m benchmarks.law_fit [--home var] [SET ...]

Every fifth question variant is kept out of an index and asked of it. Beside these stand the questions of
corpus/outside that no document answers, and any question sets given. Run it after
anything that changes scores, and put what it prints into the file.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np

from bot.conversation import open_turn
from bot.desk import Desk
from bot.law_answers import find_in_laws
from bot.law_confidence import LawFeatures
from bot.search import search
from bot.trace import Trace
from indexer.generation import build_generation, current_name
from indexer.vectors import FILE
from kb import conversations, knowledge, schema
from kb.corpus import Corpus, load_corpus
from kb.db import Session, make_engine, session_factory
from kb.indexing import entries, user_words
from kb.ingest import ingest
from kb.views import LAWS
from web.clock import local_date, now
from web.encoding import encoder_for
from web.settings import Settings

ROOT = Path(__file__).parent.parent
_ONE_IN = 5
_NOT_ASKED = {"law", "noise", "abuse", "injection", "advertising"}
_SMOOTHING = 0.003
_STEPS = 4000
_MEANING = {"closeness", "lead", "ours"}


@dataclass(frozen=True)
class Asked:
    """A question, the group that answers it (law, ours, none), and the passages that are right."""

    text: str
    group: str
    right: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True)
class Seen:
    """What the models see of a question, and whether the first article is right."""

    asked: Asked
    laws: LawFeatures
    right: bool


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="A state folder that has vectors.")
@click.argument("sets", nargs=-1)
def main(home: Path | None, sets: tuple[str, ...]) -> None:
    """Build, ask, fit and print: by words alone, and with meaning where a state folder has vectors."""
    for name in ("words", "meaning") if home else ("words",):
        with TemporaryDirectory() as folder:
            seen = list(_seen(Path(folder), sets, home if name == "meaning" else None))
        bound = [one for one in seen if one.asked.group != "ours"]
        bias, weights = _fit(bound, partial(_told, name), lambda one: one.right)
        print(f"[{name}]\nbias = {bias:.2f}")
        _print(f"{name}.weights", weights)
        _report(bound, bias, weights)


def _told(name: str, one: Seen) -> dict[str, float]:
    features = asdict(one.laws)
    return features if name == "meaning" else {key: features[key] for key in features if key not in _MEANING}


def _report(seen: Sequence[Seen], bias: float, weights: dict[str, float]) -> None:
    """What thresholds would let through, on stderr. The model has seen these questions."""
    chances = [
        1 / (1 + np.exp(-(bias + sum(weights[key] * asdict(one.laws)[key] for key in weights))))
        for one in seen
    ]
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        through = [chance >= threshold for chance in chances]
        right = sum(one.right and yes for one, yes in zip(seen, through, strict=True)) / sum(
            one.right for one in seen
        )
        held = [not yes for one, yes in zip(seen, through, strict=True) if one.asked.group == "none"]
        click.echo(f"{threshold:.1f}: right {right:.1%}, none held back {np.mean(held):.1%}", err=True)


def _seen(folder: Path, sets: Sequence[str], home: Path | None) -> Iterator[Seen]:
    corpus = load_corpus(ROOT / "corpus")
    engine = make_engine(f"sqlite:///{folder / 'fit.db'}")
    schema.upgrade(engine)
    with session_factory(engine).begin() as session:
        ingest(session, corpus, now())
    with session_factory(engine)() as session:
        held = _build(session, folder / "index")
        root = folder / "index"
        if home:
            shutil.copy(
                home / "index" / current_name(home / "index") / FILE, root / current_name(root) / FILE
            )
        desk = Desk.open(root, b"0" * 32, encoder_for(Settings()) if home else None)
        for asked in [*held, *_outside(), *(one for path in sets for one in _of_set(path, corpus))]:
            found = _look(session, desk, asked)
            if found:
                yield found


def _build(session: Session, root: Path) -> list[Asked]:
    """An index without every fifth variant; those that it lacks."""
    passages = [
        one for one in knowledge.passages_in_force(session, on=local_date(now())) if one.kind != "preamble"
    ]
    kinds = {one.id: one.document.kind for one in passages}
    kept, held = {}, []
    for key, texts in knowledge.variants(session).items():
        shuffled = Random(key).sample(texts, len(texts))  # noqa: S311 - the same split each time
        out = max(1, len(shuffled) // _ONE_IN)
        kept[key] = tuple(shuffled[out:])
        group = "law" if kinds.get(key) in LAWS else "ours"
        held += [Asked(text, group, frozenset((key,))) for text in shuffled[:out] if key in kinds]
    ours = [one for one in passages if one.document.kind not in LAWS]
    words = user_words(knowledge.agencies(session), knowledge.concepts(session), ours)
    build_generation(root, entries(passages, kept), words, now())
    return held


def _outside() -> Iterator[Asked]:
    for path in sorted((ROOT / "corpus/outside").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] not in _NOT_ASKED:
                yield Asked(row["text"], "none", weight=2.0)


def _of_set(path: str, corpus: Corpus) -> Iterator[Asked]:
    """Lines of one turn that either the laws or the plan answers."""
    ids = {law.title: law.id for law in corpus.laws}
    plan = next(one.meta.id for one in corpus.documents if one.meta.kind == "plan")
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if len(row["turns"]) > 1 or bool(row["law"]) == bool(row["measures"]):
            continue
        right = [f"{ids.get(title)}/{number}" for title, number in row["law"]]
        right += [f"{plan}/{section}" for section in row["measures"]]
        group = "law" if row["law"] else "ours"
        yield Asked(row["turns"][0], group, frozenset(right), weight=2.0)


def _look(session: Session, desk: Desk, asked: Asked) -> Seen | None:
    conversation = conversations.open_conversation(session, None, now=now())
    turn = open_turn(session, desk, conversation, asked.text, None, now(), Trace())
    turn.query = asked.text
    turn.candidates = search(turn, asked.text)
    laws = find_in_laws(turn)
    if laws.features is None:
        return None
    return Seen(asked, laws.features, laws.candidates[0].passage.id in asked.right)


def _fit(
    seen: Sequence[Seen], features: Callable[[Seen], dict[str, float]], label: Callable[[Seen], bool]
) -> tuple[float, dict[str, float]]:
    """Maximum likelihood, a little smoothed, by gradient descent over standardised features."""
    names = list(features(seen[0]))
    values = np.array([[features(one)[name] for name in names] for one in seen])
    wanted = np.array([float(label(one)) for one in seen])
    counts = np.array([one.asked.weight for one in seen])
    middle, spread = values.mean(0), values.std(0) + 1e-9
    scaled, weights, bias = (values - middle) / spread, np.zeros(len(names)), 0.0
    for _ in range(_STEPS):
        off = (1 / (1 + np.exp(-(scaled @ weights + bias))) - wanted) * counts
        weights -= 0.5 * (scaled.T @ off / counts.sum() + _SMOOTHING * weights)
        bias -= 0.5 * off.sum() / counts.sum()
    plain = weights / spread
    return bias - float(plain @ middle), dict(zip(names, map(float, plain), strict=True))


def _print(table: str, weights: dict[str, float]) -> None:
    print(f"\n[{table}]")
    for name, value in weights.items():
        print(f"{name} = {value:.2f}")


if __name__ == "__main__":
    main()
