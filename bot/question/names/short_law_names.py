"""What people may call a regulation for short: its title without the words that tell it from no other.

海关行政处罚实施条例   →   海关处罚条例, 处罚条例, ...
进出口关税条例         →   关税条例
"""

import re
from collections.abc import Iterator
from itertools import combinations

from kb.documents.validity import bare_title

_TRIAL = re.compile(r"[(（](?:试行|暂行|修订|修正案?)[)）]$")
_FOR_NOW = re.compile(r"暂行|试行")
# Of a statute and its rules these say for whom or how; what it is about is left when they go. 办法 and 规定
# are words of every day: 通关办法 in a question names no regulation, so these keep their whole name.
_STATUTE = re.compile(r"(条例|细则)$")
_DROPPED = ("海关", "进出口", "进出境", "国际", "货物", "行政", "管理", "实施")
_SHORTEST_MATTER = 2
_MOST_DROPPED = 4


def short_names(title: str) -> frozenset[str]:
    """Shorter names of the law or regulation with this title; none that says nothing of its matter."""
    bare = bare_title(title)
    plain = _FOR_NOW.sub("", _TRIAL.sub("", bare))
    found = {plain, *(_without(plain) if _STATUTE.search(plain) else ())} - {bare}
    return frozenset(name for name in found if _tells(name))


def _without(title: str) -> Iterator[str]:
    held = [word for word in _DROPPED if word in title][:_MOST_DROPPED]
    for count in range(1, len(held) + 1):
        for words in combinations(held, count):
            name = title
            for word in words:
                name = name.replace(word, "", 1)
            yield name


def _tells(name: str) -> bool:
    """Whether a name still says what it is about: 条例 and 海关条例 do not."""
    matter = _STATUTE.sub("", name)
    return len(matter) >= _SHORTEST_MATTER and matter not in _DROPPED
