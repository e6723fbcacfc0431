"""Reading the outline of an official document: parts 一、, sections （一）, measures 1. and items (1).

Reading never fails. What is wrong with the text comes back as flaws beside the tree, which is lossless in
any case.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.problems import Flaw
from kb.text.agency_registry import AgencyRegistry, SourceAgency
from kb.text.headings import BLANK, BackMatter, Heading, Level, back_matter, headings, trimmed
from kb.text.numbering import numbering_flaws
from kb.text.outline import Kind, Mention, OutlineNode, Role
from kb.text.responsible import NamedAgency, find_clause, unpaired

_MARKS = {Level.PART: "{}", Level.SECTION: "({})", Level.MEASURE: "{}", Level.ITEM: "({})"}


@dataclass(frozen=True)
class Place:
    """``section`` 2.2.3, ``label`` 二、(二)3 in the text's own numerals but half-width, ``parent`` 2.2."""

    level: Level
    section: str
    label: str
    parent: str | None


def place_of(heading: Heading, above: Place | None) -> Place:
    """The place of ``heading`` under the heading at ``above``, or at the top of the document."""
    mark = _MARKS[heading.level].format(unicodedata.normalize("NFKC", heading.numeral))
    if above is None:
        return Place(heading.level, str(heading.number), mark, None)
    joint = "、" if above.level == Level.PART else ""
    section = f"{above.section}.{heading.number}"
    return Place(heading.level, section, f"{above.label}{joint}{mark}", above.section)


_SENTENCE = re.compile(r"(?P<words>[^。！？\n]*)[。！？]?")
# A first sentence longer than this is no title but the text itself.
_LONGEST_TITLE = 50


@dataclass(frozen=True)
class Title:
    """The title at ``start:end`` without its full stop, and where the text after it begins."""

    start: int
    end: int
    after: int


@dataclass(frozen=True)
class Portion:
    """Offsets into the verbatim text. Where the title is all there is, it is the body as well."""

    title: Title | None
    body_start: int
    body_end: int
    end: int
    names: tuple[NamedAgency, ...]


def read_title(text: str, start: int, stop: int) -> Title | None:
    """The first sentence of ``text[start:stop]``, or its first line if that has no end of a sentence."""
    begin, end = trimmed(text, start, stop)
    sentence = _SENTENCE.match(text, begin, end)
    if sentence is None or not 0 < len(sentence["words"]) <= _LONGEST_TITLE:
        return None
    after = trimmed(text, sentence.end(), end)[0]
    return Title(begin, trimmed(text, begin, sentence.end("words"))[1], after)


def read_portion(text: str, start: int, stop: int, known: Callable[[str], bool]) -> Portion:
    """What ``text[start:stop]`` holds behind its number; ``known`` tells names of agencies."""
    begin, end = trimmed(text, start, stop)
    clause = find_clause(text, begin, end, known)
    body_end = trimmed(text, begin, clause.start)[1] if clause else end
    title = read_title(text, begin, body_end)
    body_start = title.after if title and title.after < body_end else begin
    return Portion(title, body_start, body_end, end, clause.names if clause else ())


_BACK_MATTER_LABELS = {"attachment": "附件", "closing": "落款"}


def read_outline(text: str, agencies: AgencyRegistry | None) -> tuple[OutlineNode, list[Flaw]]:
    """The tree of ``text`` and everything that is wrong with it.

    A responsible agency that is not among ``agencies`` is a flaw. Where these could not be read (None), no
    name is looked up and no node has any.
    """
    numbered, back = _skeleton(text)
    reader = _OutlineReader(text, agencies)
    root = reader.document(numbered, back)
    return root, [*numbering_flaws(numbered), *text_flaws(text, root), *reader.unknown]


def _skeleton(text: str) -> tuple[Sequence[Heading], BackMatter | None]:
    """The headings from the first of the uppermost level on; numbered lines before it are preamble."""
    found = headings(text)
    top = min((heading.level for heading in found), default=None)
    first = next((at for at, heading in enumerate(found) if heading.level == top), len(found))
    back = back_matter(text, found[first].text_start) if found else None
    stop = back.start if back else len(text)
    return [heading for heading in found[first:] if heading.start < stop], back


def _families(numbered: Sequence[Heading]) -> list[list[Heading]]:
    """Each heading that stands at the top, followed by all that stand below it."""
    families: list[list[Heading]] = []
    for heading in numbered:
        if families and heading.level > families[-1][0].level:
            families[-1].append(heading)
        else:
            families.append([heading])
    return families


@dataclass(frozen=True)
class _OutlineReader:
    """Builds the nodes of one text from the top down, noting unknown agencies on the way."""

    text: str
    agencies: AgencyRegistry | None
    unknown: list[Flaw] = field(default_factory=list)

    def document(self, numbered: Sequence[Heading], back: BackMatter | None) -> OutlineNode:
        """The root of the tree."""
        stop = back.start if back else len(self.text)
        first = numbered[0].line_start if numbered else stop
        children = [*self._preamble(first), *self._nodes(numbered, stop, None), *self._back_matter(back)]
        return replace(self._plain("document", None, "", 0, len(self.text)), children=tuple(children))

    def _preamble(self, stop: int) -> Iterator[OutlineNode]:
        if self.text[:stop].strip(BLANK):
            yield self._plain("preamble", "0", "前言", 0, stop)
        elif stop:
            yield self._plain("blank", None, "", 0, stop)

    def _back_matter(self, back: BackMatter | None) -> Iterator[OutlineNode]:
        if back:
            label = _BACK_MATTER_LABELS[back.kind]
            yield self._plain(back.kind, back.kind, label, back.start, len(self.text))

    def _plain(self, kind: Kind, section: str | None, label: str, start: int, stop: int) -> OutlineNode:
        """A node that is all body."""
        at, to = trimmed(self.text, start, stop)
        return OutlineNode(kind, section, label, None, at, to, at, to, start, stop, None)

    def _nodes(self, numbered: Sequence[Heading], stop: int, above: Place | None) -> Iterator[OutlineNode]:
        families = _families(numbered)
        ends = [*(family[0].line_start for family in families[1:]), stop]
        for (heading, *below), end in zip(families, ends, strict=False):
            place = place_of(heading, above)
            if not below:
                yield self._passage(heading, place, end)
            elif heading.level < Level.MEASURE:
                yield self._container(heading, place, below, end)
            else:
                yield self._measure_with_items(heading, place, below, end)

    def _passage(self, heading: Heading, place: Place, stop: int) -> OutlineNode:
        """A number with text and no further numbers: a measure if it is numbered so or has agencies."""
        portion = self._portion(heading, stop)
        agencies = self._mentions(portion.names)
        if place.level is Level.MEASURE or agencies:
            return self._numbered("measure", heading, place, stop, portion, agencies=agencies)
        return self._numbered("paragraph", heading, place, stop, portion)

    def _container(self, heading: Heading, place: Place, below: Sequence[Heading], stop: int) -> OutlineNode:
        """A part or section: its heading line, the text that leads in if there is any, and what it holds."""
        first = below[0].line_start
        title = read_title(self.text, heading.text_start, first)
        begin = title.after if title else trimmed(self.text, heading.text_start, first)[0]
        lead_in = [self._lead_in(place, begin, first)] if self.text[begin:first].strip(BLANK) else []
        caption = self._plain("caption", None, "", heading.line_start, begin if lead_in else first)
        children = (caption, *lead_in, *self._nodes(below, stop, place))
        end = trimmed(self.text, heading.start, stop)[1]
        kind: Kind = "part" if place.level is Level.PART else "section"
        return self._numbered(kind, heading, place, stop, Portion(title, begin, end, end, ()), children)

    def _lead_in(self, place: Place, start: int, stop: int) -> OutlineNode:
        node = self._plain("paragraph", f"{place.section}.0", place.label, start, stop)
        return replace(node, parent=place.section)

    def _measure_with_items(
        self, heading: Heading, place: Place, below: Sequence[Heading], stop: int
    ) -> OutlineNode:
        """Items may each say who answers, or the last one for all: either way it is said of the measure."""
        ends = [*(item.line_start for item in below[1:]), stop]
        first = self._portion(heading, below[0].line_start)
        portions = [self._portion(item, end) for item, end in zip(below, ends, strict=True)]
        items = [
            self._numbered("item", item, place_of(item, place), end, portion)
            for item, end, portion in zip(below, ends, portions, strict=True)
        ]
        caption = self._plain("caption", None, "", heading.line_start, below[0].line_start)
        whole = Portion(first.title, first.body_start, portions[-1].body_end, portions[-1].end, ())
        agencies = self._mentions([name for portion in (first, *portions) for name in portion.names])
        return self._numbered("measure", heading, place, stop, whole, (caption, *items), agencies)

    def _portion(self, heading: Heading, stop: int) -> Portion:
        return read_portion(self.text, heading.text_start, stop, lambda name: self._agency(name) is not None)

    def _numbered(
        self,
        kind: Kind,
        heading: Heading,
        place: Place,
        stop: int,
        portion: Portion,
        children: tuple[OutlineNode, ...] = (),
        agencies: tuple[Mention, ...] = (),
    ) -> OutlineNode:
        title = portion.title
        return OutlineNode(
            kind=kind,
            section=place.section,
            label=place.label,
            heading=self.text[title.start : title.end] if title else None,
            start=heading.start,
            end=portion.end,
            body_start=portion.body_start,
            body_end=portion.body_end,
            extent_start=heading.line_start,
            extent_end=stop,
            parent=place.parent,
            children=children,
            agencies=agencies,
        )

    def _mentions(self, names: Sequence[NamedAgency]) -> tuple[Mention, ...]:
        """The agencies of a passage, each once, where it is first named."""
        named: dict[str, tuple[NamedAgency, SourceAgency]] = {}
        for one in names:
            agency = self._agency(one.name)
            if agency:
                named.setdefault(agency.id, (one, agency))
            elif self.agencies is not None:
                self.unknown.append(_unknown_agency(one))
        return tuple(
            Mention(agency.id, one.name, _role(one, agency, alone=len(named) == 1), one.start, one.end)
            for one, agency in named.values()
        )

    def _agency(self, name: str) -> SourceAgency | None:
        return self.agencies.resolve(name) if self.agencies is not None else None


def _role(named: NamedAgency, agency: SourceAgency, *, alone: bool) -> Role:
    if named.leads:
        return "lead"
    if agency.collective:
        return "collective"
    return "sole" if alone else "joint"


def _unknown_agency(named: NamedAgency) -> Flaw:
    return Flaw(
        named.start,
        f"agencies.toml 里没有“{named.name}”这个单位",
        f"agencies.toml has no agency called {named.name}",
    )


def text_flaws(text: str, root: OutlineNode) -> Iterator[Flaw]:
    """Passages without words, and brackets without their partner."""
    passages = [node for node in root.walk() if node.citable or node.kind == "item"]
    if not text.strip(BLANK):
        yield Flaw(0, "正文是空的", "there is no text")
    elif all(node.kind == "preamble" for node in passages):
        yield Flaw(0, "正文里没有编号的条目", "the text has no numbered passage")
    for node in passages:
        if _empty(text, node):
            yield Flaw(node.start, f"“{node.label}”没有正文", f"{node.section} is empty")
        at = unpaired(text, node.start, node.end)
        if at is not None:
            yield Flaw(at, f"括号“{text[at]}”不成对", f"bracket {text[at]} has no partner")


def _empty(text: str, node: OutlineNode) -> bool:
    """A measure may be a single sentence; a paragraph that has a title must say more than that."""
    body = text[node.body_start : node.body_end]
    return not body or (node.kind == "paragraph" and body == node.heading)
