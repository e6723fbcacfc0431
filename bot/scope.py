"""What lies outside the documents however similar its words: other ports, single shipments, live prices."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from bot.turn import Turn


def out_of_scope(turn: Turn) -> bool:
    """Whether the question is about another place's port or a thing no policy text can know.

    Another place counts only where Xiamen is not named beside it and the best passage does not name it:
    从福州走驳船到厦门 is ours, 盐田港今天排队多久 is not.
    """
    text = turn.reading.text
    if any(pattern.search(text) for pattern in _patterns()):
        return True
    if any(name in text for name in _home()):
        return False
    best = turn.lexicon.texts.get(turn.candidates[0].passage.id, "") if turn.candidates else ""
    return any(place in text and place not in best for place in _elsewhere())


def is_genuine(turn: Turn) -> bool:
    """Whether the question is about trade at all, so that a person should see it: it uses a trade word.

    A follow-up of a trade question is one too (多少钱 after 岸电).
    """
    text = turn.reading.text
    return bool(turn.topic or turn.lexicon.concepts(text) or turn.lexicon.agencies(text))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for row in _data()["matter"] for pattern in row["patterns"])


@cache
def _home() -> tuple[str, ...]:
    return tuple(_data()["places"]["home"])


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(_data()["places"]["elsewhere"])


@cache
def _data() -> dict[str, list[dict[str, list[str]]] | dict[str, list[str]]]:
    return tomllib.loads(files("bot").joinpath("data/scope.toml").read_text(encoding="utf-8"))
