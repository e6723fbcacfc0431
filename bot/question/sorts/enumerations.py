"""Whether a text names things of the sort that was asked for, and does not only speak of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.text.folding import fold

# What stands before 码头 or 企业 where none in particular is meant.
_GENERAL = re.compile(
    fold(
        "(更多|各|各类|有关|相关|试点|重点|等|的|其他|进出口|进口|出口|本市|全市|我市|多家|优质|"
        "中小微|民营|龙头|地方|专精特新等|认证|生产|航运物流|支持|鼓励|引导|口岸|经营|至|到|个|新能源汽车)$"
    ).text
)
_NAME = re.compile("[㐀-鿿a-z0-9()“”·]+$")


@dataclass(frozen=True)
class Enumerated:
    """The sorts of things, by their folded nouns, that a text may name one by one."""

    nouns: tuple[str, ...] = ()

    @classmethod
    def of(cls, nouns: Iterable[str]) -> "Enumerated":
        """From nouns in either script."""
        return cls(tuple(fold(noun).text for noun in nouns))

    def names(self, asked: str, given: str) -> bool:
        """Whether the folded text names one of the sort that the folded question asks for."""
        return any(noun in asked and _is_named(noun, given) for noun in self.nouns)


def _is_named(noun: str, given: str) -> bool:
    before = [given[: found.start()] for found in re.finditer(re.escape(noun), given)]
    return any((name := _NAME.search(text)) and not _GENERAL.search(name.group()) for text in before)
