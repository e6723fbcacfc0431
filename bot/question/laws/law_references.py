"""Articles of laws asked for by number, in the ways people write them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.question.laws.english_articles import in_chinese
from bot.question.names.law_names import NamedLaw
from bot.question.patterns import compiled, matches
from kb.text.law_outline import number_of

_HAN = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰"
_NUMERAL = f"[0-9]{{1,4}}|[{_HAN}]{{1,8}}"
_PART = (
    rf"(?:[的,\s]*第?\s*\(?(?P<paragraph>{_NUMERAL})\)?\s*款)?"
    rf"(?:[的,\s]*第?\s*\(?(?P<item>{_NUMERAL})\)?\s*项|\s*\((?P<bracketed>{_NUMERAL})\))?"
)
(_ARTICLE,) = compiled(
    [
        rf"(?P<nth>第)?\s*(?P<number>{_NUMERAL})\s*(?P<unit>条)(?:之(?P<inserted>[一二三四五六七八九十]))?{_PART}"
    ]
)
(_BARE,) = compiled([rf"[》\s,:的第§]*(?P<number>[0-9]{{1,4}}|[{_HAN}]{{2,8}})[\s?。.]*"])
_DOTTED = re.compile(r"[》\s,:的§]*(?P<number>[0-9]{1,3})\.(?P<part>[0-9]{1,2})(?![.0-9])")
_OF = re.compile(r"\bof\s+(?:the\s+)?(?:(?:prc|chinese|china's)\s+)?$")
_TO = "至|到|-|~|—"
_NEXT = rf"\s*(?:、|,|和|与|及|{_TO})\s*"
(_LISTED,) = compiled(
    [
        rf"(?P<number>{_NUMERAL}){_NEXT}(?=(?:第?(?:{_NUMERAL}){_NEXT})*第?(?:{_NUMERAL})\s*条)",
    ]
)
(_UP_TO,) = compiled([rf"\s*条?\s*(?:{_TO})\s*第?\s*"])
(_UNKNOWN_LAW,) = compiled(
    [
        rf"(?:《(?P<quoted>[^《》]{{2,30}})》|(?P<name>[㐀-鿿]{{1,12}}(?:法典|法|条例|办法|细则)))\s*第?(?:{_NUMERAL})\s*条"
    ]
)
_CODES = compiled(["条例|实施细则|刑法|民法典|公约|司法解释"])
_MOST = 5


@dataclass(frozen=True)
class ArticleNumber:
    """An article by its number in digits; its paragraph (款) and item (项), 0 if none is named.

    ``either``: 86(3) and 86.3 name the item, or where there are no items the paragraph.
    """

    section: str
    paragraph: int = 0
    item: int = 0
    either: int = 0

    @property
    def names_part(self) -> bool:
        """Whether it names less than the article."""
        return bool(self.paragraph or self.item or self.either)


@dataclass(frozen=True)
class LawReference:
    """A law and the articles of it that a question names; at least one."""

    document_id: str
    articles: tuple[ArticleNumber, ...]


def references_in(folded: str, named: Sequence[NamedLaw]) -> list[LawReference]:
    """The articles named with each law of ``named``, in the order of a folded question.

    Numbers before the only law are its own too (第86条海关法), and in English those before "of" and the law.
    A number without 条 counts where nothing follows it (海关法86, 海关法八十六), or its part (海关法86.3).
    Laws that share a name are named together.
    """
    found: list[LawReference] = []
    spans = sorted({(law.start, law.end) for law in named})
    pieces = _pieces(folded, spans)
    for at, span in enumerate(spans):
        before, behind = pieces[at], pieces[at + 1]
        if _OF.search(before):
            articles = articles_in(before)
        else:
            articles = () if _OF.search(behind) and at + 1 < len(spans) else articles_in(behind)
            articles = articles or _dotted(behind)
        if not articles and len(spans) == 1:
            articles = articles_in(before) or _bare(behind)
        if articles:
            own = (law.document_id for law in named if (law.start, law.end) == span)
            found += [LawReference(document_id, articles) for document_id in own]
    return found


def _pieces(folded: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What stands before, between and behind the names of laws, in Chinese."""
    ends, starts = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(folded)]
    return [in_chinese(folded[end:start]) for end, start in zip(ends, starts, strict=True)]


def articles_in(folded: str) -> tuple[ArticleNumber, ...]:
    """The articles that a piece of a folded question names, each once, at most five.

    >>> articles_in("第51条第2款")
    (ArticleNumber(section='51', paragraph=2, item=0, either=0),)
    """
    found = [
        (match.span("number"), ArticleNumber(_section(match["number"]))) for match in _LISTED.finditer(folded)
    ]
    found += [
        (match.span("number"), _article(match))
        for match in _ARTICLE.finditer(folded)
        if _is_number(match, folded)
    ]
    named = _with_those_between(folded, sorted(found, key=lambda one: one[0]))
    return tuple(dict.fromkeys(article for article in named if article.section != "0"))[:_MOST]


def _with_those_between(
    folded: str, found: Sequence[tuple[tuple[int, int], ArticleNumber]]
) -> Iterator[ArticleNumber]:
    """86条至88条 names 87 as well."""
    last: tuple[int, int] = (0, 0)
    for (start, end), article in found:
        before, last_end = last
        if before and article.section.isdecimal() and _UP_TO.fullmatch(folded, last_end, start):
            first = before + 1
            yield from (ArticleNumber(str(n)) for n in range(first, min(int(article.section), first + _MOST)))
        yield article
        last = (int(article.section) if article.section.isdecimal() else 0, end)


def names_unknown_law(folded: str) -> bool:
    """Whether a folded question names a regulation or code; of use where none of ours is named."""
    return matches(_CODES, folded)


def unknown_law(folded: str) -> str | None:
    """The name before 第…条 as it is written, for a law that is none of ours; None where no name stands."""
    match = _UNKNOWN_LAW.search(folded)
    return (match["quoted"] or match["name"]) if match else None


def _article(match: re.Match[str]) -> ArticleNumber:
    return ArticleNumber(
        _section(match["number"], match["inserted"]),
        number_of(match["paragraph"] or "0"),
        number_of(match["item"] or "0"),
        number_of(match["bracketed"] or "0"),
    )


def _section(number: str, inserted: str | None = None) -> str:
    return f"{number_of(number)}-{number_of(inserted)}" if inserted else str(number_of(number))


def _is_number(match: re.Match[str], folded: str) -> bool:
    """Whether it names an article: 第八十六条, 86条, or 八十六条 right behind the name; 哪一条 names none."""
    behind_name = not folded[: match.start()].strip(" 》的,:")
    return bool(match["nth"]) or match["number"].isdecimal() or behind_name


def _dotted(behind: str) -> tuple[ArticleNumber, ...]:
    match = _DOTTED.match(behind)
    return (ArticleNumber(_section(match["number"]), either=int(match["part"])),) if match else ()


def _bare(folded: str) -> tuple[ArticleNumber, ...]:
    match = _BARE.fullmatch(folded)
    return (ArticleNumber(_section(match["number"])),) if match else ()
