"""References inside a law to another place of it or of another law: 本法第十条, 前两款, 《…法》第三条."""

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

from kb.documents.passages import PassageView
from kb.documents.validity import bare_title
from kb.text.article_parts import paragraphs
from kb.text.law_outline import number_of

_NUMERAL = "[零〇一二三四五六七八九十百]{1,7}|[0-9]{1,3}"
_ARTICLE = rf"第(?P<number>{_NUMERAL})条(?:之(?P<inserted>[一二三四五六七八九十]))?"
_REFERENCE = re.compile(
    rf"(?:(?P<law>《(?P<title>[^《》\n]{{2,40}})》)|本(?:法|条例|办法|规定|细则))?"
    rf"(?P<first>{_ARTICLE.replace('number', 'n1').replace('inserted', 'i1')})"
    r"|(?P<law_alone>《(?P<title_alone>[^《》\n]{2,40})》)"
    r"|(?P<paragraph>前(?P<back>[两二三四])?款)|本条第(?P<own>[一二三四五六七八九十]{1,2})款|(?P<before>前条)"
)
_MORE = re.compile(rf"(?:[、，和或至]|以及|或者){_ARTICLE}")


@dataclass(frozen=True)
class CrossReference:
    """The words at ``start:end`` of the edition's text point at ``section`` of a document.

    ``section`` is None for a law as a whole; ``line`` is the line of the article that the paragraph meant
    begins on, from 1.
    """

    start: int
    end: int
    document_id: str
    section: str | None
    line: int | None = None


def cross_references(passage: PassageView, titles: Mapping[str, str]) -> list[CrossReference]:
    """What an article points at. ``titles``: ids by title without the country; others are not linked."""
    return list(_references(passage, titles))


def _references(passage: PassageView, titles: Mapping[str, str]) -> Iterator[CrossReference]:
    body, offset = passage.body, passage.body_start
    own = passage.document.id
    at = 0
    while found := _REFERENCE.search(body, at):
        at = found.end()
        start, end = offset + found.start(), offset + found.end()
        if found["paragraph"] or found["own"]:
            line = _line_of_paragraph(body, _paragraph(body, found))
            if line:
                yield CrossReference(start, end, own, passage.section, line)
        elif found["before"]:
            if passage.section.isdecimal() and int(passage.section) > 1:
                yield CrossReference(start, end, own, str(int(passage.section) - 1))
        elif found["law_alone"]:
            document = titles.get(bare_title(found["title_alone"]))
            if document and document != own:
                yield CrossReference(start, end, document, None)
        else:
            document = titles.get(bare_title(found["title"])) if found["title"] else own
            if document:
                yield CrossReference(start, end, document, _section(found["n1"], found["i1"]))
                at = yield from _those_after(body, at, offset, document)


def _those_after(body: str, at: int, offset: int, document: str) -> Generator[CrossReference, None, int]:
    """第十条、第十一条: the second is of the same law. Returns where to read on."""
    while more := _MORE.match(body, at):
        start = offset + body.index("第", more.start())
        yield CrossReference(start, offset + more.end(), document, _section(more["number"], more["inserted"]))
        at = more.end()
    return at


def _section(number: str, inserted: str | None) -> str:
    return f"{number_of(number)}-{number_of(inserted)}" if inserted else str(number_of(number))


def _paragraph(body: str, found: re.Match[str]) -> int:
    """The number of the paragraph meant: 本条第二款, or so many before the one that says 前款 or 前两款."""
    if found["own"]:
        return number_of(found["own"])
    here = sum(1 for one in paragraphs(body) if one.start <= found.start())
    return here - (number_of(found["back"].replace("两", "二")) if found["back"] else 1)


def _line_of_paragraph(body: str, number: int) -> int | None:
    """The line, blank ones not counted, of the paragraph of this number; None where there is none."""
    start = next((one.start for one in paragraphs(body) if one.number == number), None)
    if start is None:
        return None
    return 1 + sum(1 for line in body[:start].splitlines() if line.strip())
