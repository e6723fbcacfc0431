"""A reply as an official text: heading, words, what it rests on, who issued it; and the spans of each."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kb.text.outline import Mention, Role
from kb.tickets.ticket_rows import LEAD

SECTION = "1"


@dataclass(frozen=True)
class Issuer:
    """An agency that answers. ``role`` as the ticket was routed."""

    agency_id: str
    name: str
    role: str


@dataclass(frozen=True)
class ReplyText:
    """``text`` whole, the reply's own words at ``body_start:body_end``, the agencies of the last line."""

    text: str
    body_start: int
    body_end: int
    mentions: tuple[Mention, ...]

    @property
    def sha256(self) -> str:
        """The digest of the text, which is also that of its one passage."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def compose(heading: str, body: str, basis: Sequence[str], issuers: Sequence[Issuer]) -> ReplyText:
    """The text of a reply. ``basis`` names the clauses cited, ``issuers`` stand lead first.

    It is laid out as the plan's measures are: what is named as responsible stands in brackets at the end.
    """
    start = len(heading) + 1
    text = f"{heading}\n{body}"
    end = len(text)
    if basis:
        text += f"\n依据：{'；'.join(basis)}"
    text += "\n（"
    mentions = []
    for place, issuer in enumerate(issuers):
        text += "、" if place else ""
        role: Role = "sole" if len(issuers) == 1 else "lead" if issuer.role == LEAD else "joint"
        mentions.append(Mention(issuer.agency_id, issuer.name, role, len(text), len(text) + len(issuer.name)))
        text += issuer.name
    return ReplyText(f"{text}）", start, end, tuple(mentions))
