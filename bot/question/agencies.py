"""What a question wants of the agencies of a measure: that it names them, names nobody else, or not those."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.question.lexicon import Found, Lexicon
from kb.documents.knowledge import AgencyView, PassageView

_NOBODY_ELSE = re.compile(
    r"(没有?|冇|无)(别人|其他|其它|别的|旁人|第[一二三四五]家)|不多不少|(只|仅|就|单单?|净)(由|有|是|写|归)?[^,，。]{0,20}?"
    r"([一二两三四]|几)(家|个单位|个部门)"
)
_EACH = re.compile("各自?(参与|负责|管|有|在|是)|分别(参与|负责|管|有|在|是)|任一|不管哪(家|个)")
# Before the name: 没有海关的, 不带口岸办. After it: 海关不在里面.
_LEFT_OUT_BEFORE = re.compile(
    r"(没有?|冇|不含|不带|不包括|不包含|没写|除开|除了)(带|写|含)?(厦门)?[\s“「(（]*$"
)
_LEFT_OUT_AFTER = re.compile(r"[\s”」)）]*(都|并)?(不在|没在|没有?份|没参与|不参与|不沾)")


@dataclass(frozen=True)
class AgencyCondition:
    """``named`` must be among the agencies of a measure, and none of those ``left_out``.

    All of them, and with ``only`` nobody else; with ``each`` one of them is enough.
    """

    named: tuple[AgencyView, ...] = ()
    left_out: tuple[AgencyView, ...] = ()
    only: bool = False
    each: bool = False

    def holds(self, passage: PassageView) -> bool:
        """Whether the agencies of ``passage`` are as wanted."""
        its = {mention.agency.id for mention in passage.agencies}
        named = {agency.id for agency in self.named}
        if its & {agency.id for agency in self.left_out}:
            return False
        if self.each:
            return not named or bool(named & its)
        return its == named if self.only else named <= its


def agency_condition(lexicon: Lexicon, folded: str) -> AgencyCondition:
    """What a folded question wants of agencies; nothing where it names none.

    An office named beside its bureau (口岸办, 市商务局括号里那个) is one agency: the office.
    """
    named: dict[str, AgencyView] = {}
    left_out: dict[str, AgencyView] = {}
    for found in lexicon.agencies(folded):
        into = left_out if _is_left_out(folded, found) else named
        into.setdefault(found.item.id, found.item)
    offices = [agency.name_hans for agency in named.values()]
    kept = [agency for agency in named.values() if not _is_within(agency, offices)]
    each = len(kept) > 1 and bool(_EACH.search(folded))
    only = not each and bool(kept and _NOBODY_ELSE.search(folded))
    return AgencyCondition(tuple(kept), tuple(left_out.values()), only, each)


def _is_left_out(folded: str, found: Found[AgencyView]) -> bool:
    return bool(_LEFT_OUT_BEFORE.search(folded[: found.start]) or _LEFT_OUT_AFTER.match(folded[found.end :]))


def _is_within(agency: AgencyView, names: Iterable[str]) -> bool:
    return any(name != agency.name_hans and name.startswith(agency.name_hans) for name in names)
