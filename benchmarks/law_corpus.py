"""Passages to measure with: a real collection of laws, or one made up that has the same shape."""

import re
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

import numpy as np

from indexer.stored.fields import Entry
from kb.corpus.law_package import law_data

_ARTICLE = re.compile(
    r"^[ \t\u3000*]*(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[*\s\u3000]*",
    re.MULTILINE,
)
_INFO_END = "<!-- INFO END -->"

# What real collections have: 120 characters an article with a long tail, 43 articles a law.
_MEAN_LOG_WORDS, _SPREAD = 3.7, 0.85
_ARTICLES = 43
_COMMONEST = 60_000
# Words that stand in every law, with the share of all words that they make.
_LEGAL = ("的", "应当", "规定", "或者", "人民政府", "部门", "有关", "主管", "依法", "管理", "单位", "机构")
_LEGAL_SHARE = 0.25


def entries_of_archive(path: Path) -> list[Entry]:
    """Every distinct article of a tar archive of LawRefBook Markdown."""
    texts: dict[str, bytes] = {}
    with tarfile.open(path) as archive:
        for member in archive:  # as they stand: going back in it is unpacking all of it once more
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file:
                texts[member.name] = file.read()
    found: dict[tuple[str, str, str], None] = {}
    for name in sorted(texts):
        found |= dict.fromkeys(_articles(texts[name].decode("utf-8", "replace")))
    return [_entry(number, *article) for number, article in enumerate(found)]


def entries_of_package() -> list[Entry]:
    """Every distinct article, by title, number and text, of all laws in the package that holds them."""
    path = law_data()
    if path is None:
        raise FileNotFoundError("the laws are not installed; `make laws` installs them")
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as data:
        rows = data.execute("SELECT law_name, article_no, article_text FROM articles ORDER BY id").fetchall()
    found = dict.fromkeys((title, label, text.strip()) for title, label, text in rows)
    return [_entry(number, *article) for number, article in enumerate(found)]


def write_laws(folder: Path, entries: Iterable[Entry]) -> None:
    """One file in LawRefBook's form for each law of ``entries``, whose bodies are its articles."""
    for number, (title, articles) in enumerate(groupby(entries, key=lambda entry: entry.document)):
        lines = [f"# {title}\n", "2024年1月1日 公布\n", f"{_INFO_END}\n"]
        lines += [f"第{at}条　{entry.body}\n" for at, entry in enumerate(articles, 1)]
        (folder / f"{number:05}.md").write_text("\n".join(lines), encoding="utf-8")


def synthetic_entries(count: int) -> list[Entry]:
    """``count`` articles made of jieba's words as often as they occur: the same ones every time."""
    chance = np.random.default_rng(20240430)
    sizes = np.exp(chance.normal(_MEAN_LOG_WORDS, _SPREAD, count)).astype(int) + 4
    words = iter(_words(chance, int(sizes.sum()) + 12 * count))
    made = []
    for number, size in enumerate(sizes.tolist()):
        if number % _ARTICLES == 0:
            title = "".join(next(words) for _ in range(4)) + "条例"
        made.append(_entry(number, title, f"第{number % _ARTICLES + 1}条", _text(words, size)))
    return made


def _articles(text: str) -> Iterator[tuple[str, str, str]]:
    title = text.partition("\n")[0].lstrip("# ").strip()
    body = text.partition(_INFO_END)[2]
    starts = list(_ARTICLE.finditer(body))
    ends = [*(following.start() for following in starts[1:]), len(body)]
    for start, end in zip(starts, ends, strict=False):  # of a text without articles only the end is left
        article = re.sub(r"\n#+ .*", "", body[start.end() : end])
        if article := re.sub(r"\n\s*\n", "\n", article).strip():
            yield title, start[1], article


def _entry(number: int, title: str, label: str, text: str) -> Entry:
    return Entry(f"law/{number}", f"{number:064x}", f"{title}{label}", text, (), title, "law")


def _text(words: Iterator[str], size: int) -> str:
    pieces = []
    for at in range(1, size + 1):
        pieces.append(next(words))
        if at % 9 == 0 or at == size:
            pieces.append("。" if at % 27 == 0 or at == size else "，")
    return "".join(pieces)


def _words(chance: np.random.Generator, count: int) -> list[str]:
    words, shares = _dictionary()
    drawn = words[chance.choice(len(words), count, p=shares)]
    legal = chance.random(count) < _LEGAL_SHARE
    drawn[legal] = np.array(_LEGAL, object)[chance.integers(0, len(_LEGAL), int(legal.sum()))]
    found: list[str] = drawn.tolist()
    return found


@cache
def _dictionary() -> tuple[np.ndarray, np.ndarray]:
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = ((word, int(often)) for word, often, _ in (line.split(" ") for line in lines))
    common = sorted((row for row in rows if len(row[0]) > 1), key=lambda row: -row[1])[:_COMMONEST]
    often = np.array([row[1] for row in common], float)
    return np.array([row[0] for row in common], object), often / often.sum()
