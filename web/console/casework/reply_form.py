"""The reply form: what was typed, as a draft; and a draft, as what the form shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from kb.casework.drafts import DraftText, DraftView
from kb.errors import ActRefused
from kb.replies.reply_citations import CitedSpan, Span
from web.request.message import printable

Form = MultiDict[str, str]
"""What a browser sends."""


@dataclass(frozen=True)
class Fields:
    """The form as it is filled in. ``cited``: the keys of the citations that are ticked."""

    heading: str
    body: str
    variants: str
    expires_on: str
    cited: tuple[str, ...]
    find: str = ""


def key_of(span: Span | CitedSpan) -> str:
    """A citation in one field of a form: ``passage:start:end``."""
    return f"{span.passage_id}:{span.start}:{span.end}"


def span_of(key: str) -> Span:
    """The citation that a field stands for. Raises ActRefused for what is none."""
    passage_id, start, end = ([*key.rsplit(":", 2), "", ""])[:3]
    if not (passage_id and start.isdigit() and end.isdigit()):
        raise ActRefused("引用的写法不对，请重新选择", "This is no citation; please choose again.")
    return Span(passage_id, int(start), int(end))


def read_draft(form: Form) -> DraftText:
    """The draft that was typed. Raises ActRefused for a day that is none."""
    fields = typed(form)
    return DraftText(
        heading=fields.heading.strip(),
        body=fields.body,
        variants=tuple(line.strip() for line in fields.variants.splitlines() if line.strip()),
        citations=tuple(map(span_of, fields.cited)),
        expires_on=_day(fields.expires_on),
    )


def typed(form: Form) -> Fields:
    """What a form that was sent holds, to be shown again."""
    return Fields(
        heading=" ".join(printable(form.get("heading", "")).split()),
        body=printable(form.get("body", "")),
        variants=printable(form.get("variants", "")),
        expires_on=form.get("expires_on", ""),
        cited=tuple(dict.fromkeys(form.getlist("cite"))),
        find=printable(form.get("find", ""))[:100],
    )


def stored(draft: DraftView | None, wordings: list[str]) -> Fields:
    """The saved draft; before the first, a form with the askers' wordings in it."""
    if draft is None:
        return Fields(wordings[0] if wordings else "", "", "\n".join(wordings), "", ())
    day = draft.expires_on.isoformat() if draft.expires_on else ""
    cited = tuple(map(key_of, draft.citations))
    return Fields(draft.heading, draft.body, "\n".join(draft.variants), day, cited)


def wants_search(form: Mapping[str, str]) -> bool:
    """Whether the button was the one that looks for clauses."""
    return form.get("do") == "find"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise ActRefused(
            "有效期请写成 2026-12-31 的样子", "Please write the last day as in 2026-12-31."
        ) from None
