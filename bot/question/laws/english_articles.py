"""Articles named in English or in abbreviation, as the same words in Chinese, to be read like any other.

"article 86"   "art. 86(3)"   "articles 86 and 87"   "article 51, paragraph 2"   "paragraph 2 of article 51"
"""

import re

_NUMBER = r"[0-9]{1,4}"
_PART = (
    rf"(?:,?\s*(?:paragraphs?|paras?\.?)\s*\(?(?P<paragraph>{_NUMBER})\)?)?"
    rf"(?:,?\s*(?:sub)?(?:items?|points?)\s*\(?(?P<item>{_NUMBER})\)?"
    rf"|\s*\(\s*(?P<bracketed>{_NUMBER})\s*\)|\.(?P<dotted>[0-9]{{1,2}})(?![.0-9]))?"
)
_BEFORE = rf"(?:(?P<of>(?:paragraph|para\.?|item|point)\s*\(?{_NUMBER}\)?)\s+of\s+)?"
_ARTICLES = re.compile(
    rf"{_BEFORE}(?<![a-z])(?:articles?|arts?(?:\.|(?![a-z])))\s*(?P<numbers>{_NUMBER}"
    rf"(?:\s*(?:,\s*and|,|and|&|to|through|-|–|~)\s*(?:articles?|arts?\.?)?\s*{_NUMBER})*){_PART}"
)
_AND = re.compile(r"\s*(?:,\s*and|,|and|&)\s*(?:articles?|arts?\.?)?\s*")
_TO = re.compile(r"\s*(?:to|through|-|–|~)\s*(?:articles?|arts?\.?)?\s*")
_CHAPTERS = re.compile(r"(?<![a-z])(?:chapter|chap\.?|ch\.)\s*(?P<number>[0-9]{1,3}|[ivx]{1,6}(?![a-z]))")
_SECTIONS = re.compile(r"(?<![a-z])section\s*(?P<number>[0-9]{1,3})")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def in_chinese(folded: str) -> str:
    """``folded`` with English names of articles and chapters written in Chinese.

    >>> in_chinese("customs law art. 86(3)")
    'customs law 第86条(3)'
    """
    with_articles = _ARTICLES.sub(_article, folded)
    with_chapters = _CHAPTERS.sub(lambda found: f"第{_plain(found['number'])}章", with_articles)
    return _SECTIONS.sub(lambda found: f"第{found['number']}节", with_chapters)


def _article(found: re.Match[str]) -> str:
    numbers = _TO.sub("至", _AND.sub("、", found["numbers"]))
    paragraph, item = found["paragraph"], found["item"]
    if of := found["of"]:
        number = re.sub(r"\D", "", of)
        paragraph, item = (number, item) if of.startswith("para") else (paragraph, number)
    either = found["bracketed"] or found["dotted"]
    return (
        f"第{numbers}条"
        + (f"第{paragraph}款" if paragraph else "")
        + (f"第{item}项" if item else "")
        + (f"({either})" if either else "")
    )


def _plain(number: str) -> int:
    """The number that digits or Roman numerals write."""
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[char] for char in number]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
