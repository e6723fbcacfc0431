"""A cited clause as a card: what was quoted then, and the way to the passage if it still stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.answer import Script
from indexer.text.script import detect_script, to_script
from kb.documents.knowledge import PassageView
from kb.documents.validity import bare_title
from web.portal.addresses import agency_address, span_address
from web.portal.reading import LANGUAGES

_ARTICLE = re.compile("第.+[条條]")
ROLE_LABELS = {
    "sole": "责任单位",
    "joint": "责任单位（按职责分工负责）",
    "collective": "责任单位（按职责分工负责）",
    "lead": "牵头单位在前",
}


@dataclass(frozen=True)
class Chip:
    """An agency by the name a passage gives it; without ``url`` when the passage no longer stands."""

    name: str
    url: str | None = None


@dataclass(frozen=True)
class Clause:
    """A citation to look at.

    ``law`` is the short title of a law, 《关税法》, which goes before the number of its article; of other
    clauses it is empty. ``quote`` is in the answer's script, ``lang``; ``verbatim`` is None unless the source
    reads otherwise.
    ``wordings``: the forms in which the quote may stand in the answer's text. ``url`` is None where the words
    can no longer be shown in their document.
    """

    label: str
    heading: str
    law: str
    quote: str
    wordings: tuple[str, ...]
    lang: str
    verbatim: str | None
    verbatim_lang: str
    document_title: str
    issued: str
    url: str | None
    in_force: bool
    agencies: tuple[Chip, ...] = field(default=())
    agencies_label: str = ROLE_LABELS["sole"]
    kind: str = "clause"

    @property
    def name(self) -> str:
        """What it is called in a list: its heading, or what is quoted of it, and that it goes on."""
        return self.heading or (self.quote if self.quote.endswith("。") else f"{self.quote}……")


def clauses_of(
    payload: Mapping[str, Any], passages: Mapping[str, PassageView], script: Script
) -> tuple[Clause, ...]:
    """The citations of an answer as cards, in order. ``passages``: those of them that are in force, by id."""
    return tuple(_clause(citation, passages, script) for citation in payload["citations"])


def chips(passage: PassageView, script: Script) -> tuple[Chip, ...]:
    """The agencies of a passage, a leader first."""
    mentions = sorted(passage.agencies, key=lambda mention: mention.role != "lead")
    return tuple(
        Chip(to_script(mention.name, script), agency_address(mention.agency.id)) for mention in mentions
    )


def agencies_label(passage: PassageView) -> str:
    """What to call the agencies of a passage, by their roles in it. Source text, not yet translated."""
    roles = [mention.role for mention in passage.agencies]
    if len(roles) > 1 and "lead" in roles:
        return ROLE_LABELS["lead"]
    return ROLE_LABELS[roles[0]] if roles and roles[0] != "lead" else ROLE_LABELS["sole"]


def _clause(citation: Mapping[str, Any], passages: Mapping[str, PassageView], script: Script) -> Clause:
    passage = passages.get(citation["passage_id"])
    document = citation["document"]
    verbatim, converted = citation["quote"], to_script(citation["quote"], script)
    source_script = passage.document.script if passage else detect_script(verbatim)
    quote = verbatim if source_script == script else converted
    stands = passage if passage and passage.sha256 == citation["sha256"] else None
    return Clause(
        label=to_script(citation["label"], script),
        heading=to_script(citation["heading"] or "", script),
        law=_law(citation, script),
        quote=quote,
        wordings=(verbatim, converted),
        lang=LANGUAGES[script],
        verbatim=verbatim if verbatim != quote else None,
        verbatim_lang=LANGUAGES[source_script],
        document_title=f"《{to_script(document['title'], script)}》",
        issued=" ".join(filter(None, (to_script(document["issuer"] or "", script), document["issued_on"]))),
        url=_address(citation, stands=stands is not None),
        in_force=stands is not None,
        agencies=chips(stands, script) if stands else _names(citation, script),
        agencies_label=agencies_label(stands) if stands else ROLE_LABELS["sole"],
    )


def _address(citation: Mapping[str, Any], *, stands: bool) -> str | None:
    """Where the words stand: in the edition in force, or in the other one that the answer quoted."""
    document = citation["document"]
    quoted_another = document["status"] != "in_force" and document.get("edition")
    if not (stands or quoted_another):
        return None
    edition = None if stands else document["edition"]
    return span_address(document["id"], citation["section"], citation["start"], citation["end"], edition)


def _law(citation: Mapping[str, Any], script: Script) -> str:
    """The law of an article without a heading of its own: 第五十一条 alone says nothing."""
    if citation["heading"] or not _ARTICLE.match(citation["label"]):
        return ""
    title = bare_title(to_script(citation["document"]["title"], "hans"))
    return f"《{to_script(title, script)}》"


def _names(citation: Mapping[str, Any], script: Script) -> tuple[Chip, ...]:
    return tuple(Chip(to_script(name, script)) for name in citation["agencies"])
