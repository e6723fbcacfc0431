"""What corrections and expansions are worth, by questions that the index does not hold.

    python -m benchmarks.spelling [--home var] [--each 100] [--seed 7]

One author's questions are asked of an index of the others', as they are and with slips made by chance. A
cell is the share of questions, in percent, whose passage comes first. With a state folder that has vectors,
meaning is measured beside words.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import click

from benchmarks.slips import Slips
from benchmarks.state_folder import state_folder
from bot.question.names.lexicon import Lexicon
from bot.question.names.spelling import Speller
from indexer.meaning.fusion import propose
from indexer.meaning.semantics import Semantics
from indexer.search.index import Index
from indexer.slips.expansions import Expansion
from indexer.text.folding import folded_text
from kb.kinds import OUR_KINDS
from web.cli.measuring.held_out import without_author
from web.settings import Settings
from web.state.front_desk import FrontDesk, open_front_desk

_QUESTIONS = Path(__file__).parents[1] / "corpus" / "questions"
_VOCABULARY_WEIGHTS = (0.1, 0.3, 0.5)

Found = tuple[str | None, float]
Rank = Callable[[str, tuple[Expansion, ...]], Found]
Shares = dict[tuple[str, str, str], list[bool]]


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="A state folder; without it a new one is made.")
@click.option("--each", default=100, show_default=True, help="How many questions of each author are asked.")
@click.option("--seed", default=7, show_default=True, help="What decides the questions and their slips.")
def main(home: Path | None, each: int, seed: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        front = open_front_desk(Settings(home=home or state_folder(Path(folder))))
        print(_table(measured(front, each, Random(seed))))  # noqa: S311
        front.close()


def measured(front: FrontDesk, each: int, chance: Random) -> Shares:
    """Right or wrong by (words or meaning, kind of slip, way to ask)."""
    shares: Shares = defaultdict(list)
    questions = _by_author()
    slips = Slips.among(text for asked in questions.values() for text, _ in asked)
    for author, asked in questions.items():
        with without_author(front, author) as held, held.sessions() as session:
            index = held.desk.reader.current()
            lexicon = held.desk.lexicon(session, index)
            speller = held.desk.speller(index, lexicon)
            for side, semantics in _sides(held, index):
                for text, wanted in chance.sample(asked, each):
                    for kind, slip in slips.kinds.items():
                        if (slipped := slip(text, chance)) is None:
                            continue
                        for way, found in _ways(_ranker(index, semantics), speller, lexicon, slipped):
                            shares[side, kind, way].append(found == wanted)
    return shares


def _sides(front: FrontDesk, index: Index) -> Iterator[tuple[str, Semantics | None]]:
    yield "words", None
    semantics = front.desk.semantics
    if semantics and semantics.is_ready(index):
        yield "meaning", semantics


def _ranker(index: Index, semantics: Semantics | None) -> Rank:
    def rank(query: str, expansions: tuple[Expansion, ...] = ()) -> Found:
        best = propose(index, semantics, query, 1, OUR_KINDS, expansions)
        return (best[0].hit.passage_id, best[0].score) if best else (None, 0.0)

    return rank


def _ways(rank: Rank, speller: Speller, lexicon: Lexicon, text: str) -> Iterator[tuple[str, str | None]]:
    """The passage that each way of searching for ``text`` puts first."""
    plain = rank(text, ())
    yield "as it is", plain[0]
    spelling = speller.correct(text, "hans")
    meant = rank(spelling.corrected, ()) if spelling.corrections else plain
    yield "corrected", max(plain, meant, key=lambda found: found[1])[0]
    sounds = rank(text, speller.sounds.expansions(text))
    yield "sounds", sounds[0]
    both = rank(spelling.corrected, speller.sounds.expansions(spelling.corrected))
    yield "both", max(sounds, both, key=lambda found: found[1])[0]
    for weight in _VOCABULARY_WEIGHTS:
        yield f"vocab {weight}", rank(text, _other_wordings(lexicon, text, weight))[0]


def _other_wordings(lexicon: Lexicon, text: str, weight: float) -> tuple[Expansion, ...]:
    folded = folded_text(text)
    concepts = [found.item for found in lexicon.concepts(folded)]
    wordings = [folded_text(word) for one in concepts for word in (one.term, *one.says)]
    terms = tuple(dict.fromkeys(word for word in wordings if word not in folded))
    return (Expansion(terms, weight),) if terms else ()


def _by_author() -> Mapping[str, list[tuple[str, str]]]:
    """Each author's questions with the id of the passage that answers them."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(_QUESTIONS.glob("*.jsonl")):
        document = path.name.partition(".")[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["author"]].append((row["text"], f"{document}/{row['section']}"))
    return found


def _table(shares: Shares) -> str:
    ways = list(dict.fromkeys(way for _, _, way in shares))
    rows = list(dict.fromkeys((side, kind) for side, kind, _ in shares))
    lines = [f"{'first passage right, %':24s} {'asked':>6s} " + " ".join(f"{way:>9s}" for way in ways)]
    for side, kind in rows:
        cells = [shares[side, kind, way] for way in ways]
        figures = " ".join(f"{100 * sum(cell) / len(cell):9.1f}" for cell in cells)
        lines.append(f"{side + ', ' + kind:24s} {len(cells[0]):6d} {figures}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
