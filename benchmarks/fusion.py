"""Words, meaning, and ways to add them up: one author's questions asked of an index of the others'.

    python -m benchmarks.fusion [--home var] [--every 8]

A cell is the share of questions, in percent, whose passage comes first. The state folder needs vectors
(``guanwen vectors``); without ``--home`` one is made, which takes minutes.
"""

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.state_folder import GUANWEN, environment, state_folder
from indexer.meaning.fusion import MEANING_WEIGHT
from kb.documents import knowledge
from kb.kinds import OUR_KINDS
from web.cli.measuring.held_out import without_author
from web.settings import Settings
from web.state.front_desk import FrontDesk, open_front_desk

Scores = NDArray[np.float64]
Fusion = Callable[[Scores, Scores], Scores]
_RANK_CONSTANT = 60  # of reciprocal rank fusion, as its authors chose it (Cormack et al. 2009)


def alike(scores: Scores) -> Scores:
    """One question's scores with mean 0 and deviation 1."""
    return (scores - scores.mean()) / (scores.std() + 1e-9)


def by_rank(scores: Scores) -> Scores:
    """What reciprocal rank fusion adds up."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_RANK_CONSTANT + ranks)


def weighed(weight: float) -> Fusion:
    """Meaning with this weight added to words."""
    return lambda words, meaning: words + weight * meaning


FUSIONS: Mapping[str, Fusion] = {
    "words alone": lambda words, _: words,
    "meaning alone": lambda _, meaning: meaning,
    "reciprocal ranks": lambda words, meaning: by_rank(words) + by_rank(meaning),
    "made alike, added": lambda words, meaning: alike(words) + alike(meaning),
    **{f"words + {weight} meaning": weighed(weight) for weight in (0.1, 0.2, 0.3, 0.4, 0.5, 0.8, 1.6)},
}


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="A state folder that has vectors.")
@click.option("--every", default=8, show_default=True, help="Ask one in so many of each author's questions.")
def main(home: Path | None, every: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        front = open_front_desk(Settings(home=home or _with_vectors(Path(folder))))
        rows = measured(front, every)
        front.close()
    authors = list(next(iter(rows.values())))
    print(f"{'':24s}" + "".join(f"{author:>8s}" for author in authors) + f"{'all':>8s}")
    for name, right in rows.items():
        cells = [np.mean(right[author]) for author in authors]
        cells.append(np.mean([one for author in authors for one in right[author]]))
        chosen = "  chosen" if name == f"words + {MEANING_WEIGHT} meaning" else ""
        print(f"{name:24s}" + "".join(f"{cell:8.1%}" for cell in cells) + chosen)


def measured(front: FrontDesk, every: int) -> dict[str, dict[str, list[bool]]]:
    """Right or wrong by fusion and author."""
    found: dict[str, dict[str, list[bool]]] = {name: {} for name in FUSIONS}
    with front.sessions() as session:
        written = knowledge.variants_by_author(session)
    for author, variants in written.items():
        with without_author(front, author) as held:
            for passage_id, text in variants[::every]:
                ids, words, meaning = _scores(held, text)
                for name, fusion in FUSIONS.items():
                    first = ids[int(np.argmax(fusion(words, meaning)))]
                    found[name].setdefault(author, []).append(first == passage_id)
    return found


def _scores(held: FrontDesk, text: str) -> tuple[list[str], Scores, Scores]:
    index = held.desk.reader.current()
    closeness = held.desk.semantics.closeness(index, text, OUR_KINDS) if held.desk.semantics else None
    if closeness is None:
        raise SystemExit("this state folder has no vectors: guanwen vectors makes them")
    hits = {hit.passage_id: hit.score for hit in index.search(text, limit=len(closeness), kinds=OUR_KINDS)}
    ids = list(closeness)
    return ids, np.array([hits.get(key, 0.0) for key in ids]), np.array([closeness[key] for key in ids])


def _with_vectors(home: Path) -> Path:
    subprocess.run([GUANWEN, "vectors"], env=environment(state_folder(home)), check=True)
    return home


if __name__ == "__main__":
    main()
