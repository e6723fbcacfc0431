"""Finding passage numbers in a message, in the ways people write them."""

import re
from collections.abc import Callable

import cn2an

_NUMERAL = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_GAP = r"[的、.,:\s]*"
_PART = rf"(?:第?(?P<part>{_NUMERAL})\s*(?:大?部分|章|大点|大项|大块)?{_GAP}(?:主要任务)?{_GAP})?"
_NAMED_SECTION = rf"第(?P<named>{_NUMERAL})(?:小?节|[小大]类|小点|小部分|大点|大项|款)"
_BRACKETED_SECTION = rf"第?\(\s*(?P<bracketed>{_NUMERAL})\s*\)(?:小?节)?"
_SECTION = rf"(?:{_BRACKETED_SECTION}|{_NAMED_SECTION}){_GAP}"
_NOT_A_QUANTITY = "(?![0-9一二三四五六七八九十年月日号家个天%共起样般直定]|条一条|条里|条中|条当中)"
_ITEM = rf"第?(?P<item>{_NUMERAL}){_NOT_A_QUANTITY}\s*(?:小?条|小?项|小?点|款|个?措施)?"

_DOTTED = re.compile(r"(?<![\d.×x])(\d{1,2})\s*[.\-–—。·、]\s*(\d{1,2})\s*[.\-–—。·、]\s*(\d{1,2})(?![\d.])")
_TWO_LEVELS = re.compile(rf"第(?P<part>{_NUMERAL})(?:大?部分|章){_GAP}第(?P<item>{_NUMERAL})(?:条|项|点)")
_TWO_NUMBERS = r"(\d{1,2}\.\d{1,2})"
_SHORT = re.compile(
    rf"第\s*({_NUMERAL})\s*(?:大?部分|章)|第\s*{_TWO_NUMBERS}|^\s*{_TWO_NUMBERS}\s*(?:条|项|$)"
)
_ORDINAL = re.compile(rf"第\s*({_NUMERAL})\s*(?:条|项|个)(?:措施)?")
_WRITTEN_OUT = re.compile(_PART + _SECTION + _ITEM)
_SECTION_ALONE = re.compile(_PART + _SECTION)
_MAIN_PART = "2"  # a plan's measures stand in its second part, so people leave that number out


def section_numbers(folded: str) -> list[tuple[int, int, str]]:
    """Section numbers such as ``"2.6.7"`` in a folded message, each with its span; they may not exist.

    >>> section_numbers("第二部分第六节第七条讲什么")
    [(0, 10, '2.6.7')]
    >>> section_numbers("(六)7 和 2.5.1")
    [(0, 4, '2.6.7'), (7, 12, '2.5.1')]
    >>> section_numbers("信易贷3.0利率")
    []
    """
    found: list[tuple[int, int, str]] = []
    rest = folded
    for pattern, read in _FORMS:
        found += [(*match.span(), read(match)) for match in pattern.finditer(rest)]
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    return sorted(found)


def ordinal_named(folded: str) -> int | None:
    """The number in 第七条 or 第39项措施 of a folded message; of use where nothing says of which section."""
    match = _ORDINAL.search(folded)
    return int(_arabic(match[1])) if match else None


def _dotted(match: re.Match[str]) -> str:
    return ".".join(str(int(number)) for number in match.groups())


def _short(match: re.Match[str]) -> str:
    return ".".join(_arabic(number) for number in (match[1] or match[2] or match[3]).split("."))


def _two_levels(match: re.Match[str]) -> str:
    return f"{_arabic(match['part'])}.{_arabic(match['item'])}"


def _written_out(match: re.Match[str]) -> str:
    groups = match.groupdict()
    numbers = [groups["part"] or _MAIN_PART, groups["bracketed"] or groups["named"], groups.get("item")]
    return ".".join(_arabic(number) for number in numbers if number)


def _arabic(number: str) -> str:
    return str(int(number)) if number.isdecimal() else str(int(cn2an.cn2an(number, "normal")))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_DOTTED, _dotted),
    (_WRITTEN_OUT, _written_out),
    (_SECTION_ALONE, _written_out),
    (_TWO_LEVELS, _two_levels),
    (_SHORT, _short),
)
