"""Wording an answer: our own few sentences around verified quotes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Citation, ResponsibleAgency, Script, Status
from bot.finding import Evidence, Finding, Form
from bot.question.names.spelling import replaced
from bot.question.structure.conditions import Wanted
from bot.turn import Turn
from bot.understanding import Understanding
from bot.words.article_wording import articles_text, facts_text, related_text
from bot.words.as_of_wording import as_of_text
from bot.words.chapter_wording import chapter_text
from bot.words.overview_wording import overview_text
from bot.words.reckoning import conditions_text, reckoned_text
from bot.words.taps import part_tap, passage_tap
from bot.words.way_wording import way_lines, way_text
from bot.words.wording import ENGLISH, say
from indexer.text.script import to_script
from kb.documents import knowledge
from kb.documents.knowledge import AgencyMention, PassageView


@dataclass(frozen=True)
class Draft:
    """A worded answer before its check: the text, and the spans that every policy statement in it is."""

    text: str
    citations: tuple[Citation, ...] = ()
    agencies: tuple[ResponsibleAgency, ...] = ()
    suggestions: tuple[str, ...] = ()


# Below this the nearest passages are too far off to send anybody to their agencies.
_NEAR_ENOUGH = 0.3


def compose(turn: Turn, finding: Finding) -> Draft:
    """Word ``finding`` in the asker's script. One function a form; quotes are converted for reading only."""
    text = _FORMS[finding.form](turn, finding)
    if finding.related and not finding.parts:
        text = f"{text}\n{related_text(turn, finding)}"
    if turn.as_of and finding.status is not Status.SMALLTALK:
        text = f"{as_of_text(turn, finding)}\n{text}"
    if understood := understanding_of(turn, finding):
        said = _taken_for(turn, understood)
        text = f"{text}\n{said}" if understood.because == "follow_up" else f"{said}\n{text}"
    if finding.way:
        text = f"{text}\n{way_lines(turn, finding.way)}"
    if turn.personal_data:
        text = f"{text}\n{_say(turn, 'masked')}"
    passages = [evidence.passage for evidence in finding.evidence] or list(finding.nearest)
    return Draft(
        text=text,
        citations=tuple(
            Citation(
                # Even of another day's law it is told what it is today.
                knowledge.as_of(evidence.passage, turn.present_day),
                evidence.quote,
                evidence.start,
                evidence.end,
            )
            for evidence in (*finding.evidence, *finding.related)
        ),
        agencies=_told(responsible(passages, turn.script), finding),
        suggestions=_suggestions(turn, finding),
    )


def _told(agencies: tuple[ResponsibleAgency, ...], finding: Finding) -> tuple[ResponsibleAgency, ...]:
    """All of ``agencies``, or those that the finding is about."""
    if finding.agencies is None:
        return agencies
    return tuple(one for one in agencies if one.id in finding.agencies)


def responsible(passages: Sequence[PassageView], script: Script) -> tuple[ResponsibleAgency, ...]:
    """The agencies of ``passages``, each once, with the first passage that names it as its basis."""
    found: dict[str, ResponsibleAgency] = {}
    for passage in passages:
        for mention in passage.agencies:
            name = _name(mention, script)
            found.setdefault(
                mention.agency.id, ResponsibleAgency(mention.agency.id, name, mention.role, passage.id)
            )
    return tuple(found.values())


# A list of so few is read through, so it quotes; a longer one is for choosing from.
_QUOTED_LISTING = 3
_MEASURES_WANTED = frozenset(
    (Wanted.LIST, Wanted.COUNT, Wanted.MEASURES_WITH_MOST, Wanted.MEASURES_WITH_FEWEST)
)
_LED_CLAUSES = frozenset(("numbered_through", "simpler"))
_FEWEST_TAPS = 2


def _clause(turn: Turn, finding: Finding) -> str:
    blocks = [_lead(turn, finding)] if finding.words in _LED_CLAUSES else []
    blocks += [_quoted(turn, evidence) for evidence in finding.evidence]
    return "\n".join(blocks)


def _responsible(turn: Turn, finding: Finding) -> str:
    blocks = [_who(turn, evidence.passage) for evidence in finding.evidence]
    blocks += [_quoted(turn, evidence, agencies=False) for evidence in finding.evidence]
    return "\n".join(blocks)


def _listing(turn: Turn, finding: Finding) -> str:
    short = len(finding.evidence) <= _QUOTED_LISTING
    lines = [_lead(turn, finding)]
    for number, evidence in enumerate(finding.evidence, start=1):
        lines.append(f"{number}. {_labelled(turn, evidence.passage)}")
        if short and evidence.passage.citable:
            lines.append(_quote(turn, evidence))
    return "\n".join(lines)


def _reckoned(turn: Turn, finding: Finding) -> str:
    """The reckoning; then the measures, where these are what was asked for."""
    lines = [reckoned_text(turn, finding)]
    if finding.words in _MEASURES_WANTED:
        short = len(finding.evidence) <= _QUOTED_LISTING
        for number, evidence in enumerate(finding.evidence, start=1):
            lines.append(f"{number}. {_labelled(turn, evidence.passage)}")
            if short and evidence.passage.citable:
                lines.append(_quote(turn, evidence))
    return "\n".join(lines)


def _several(turn: Turn, finding: Finding) -> str:
    """Each part numbered; one that nothing was found for is named in its own words."""
    lines = []
    for number, part in enumerate(finding.parts, start=1):
        named = "" if part.finding.evidence else _say(turn, "part_not_found", part=part.turn.question)
        lines.append(f"（{number}）{named}{compose(part.turn, part.finding).text}")
    return "\n".join(lines)


def _not_stated(turn: Turn, finding: Finding) -> str:
    nearest = finding.evidence[0]
    separator = ", " if turn.locale == ENGLISH else "、"
    names = [kind.name_en if turn.locale == ENGLISH else kind.name_zh for kind in finding.missing]
    about = {name: to_script(value, turn.script) for name, value in finding.about.items()}
    lead = _say(
        turn,
        finding.words or "not_stated",
        **{"missing": separator.join(names), **about, **_place(turn, nearest.passage)},
    )
    agencies = responsible([evidence.passage for evidence in finding.evidence], turn.script)
    blocks = [lead, _quote(turn, nearest)]
    if agencies:
        blocks.append(_say(turn, "turn_to", names="、".join(agency.name for agency in agencies)))
    return "\n".join(blocks)


def _nothing(turn: Turn, finding: Finding) -> str:
    blocks = [_lead(turn, finding)]
    agencies = responsible(finding.nearest[:1], turn.script)
    if finding.confidence >= _NEAR_ENOUGH and agencies:
        blocks.append(_say(turn, "turn_to", names="、".join(agency.name for agency in agencies)))
    return "\n".join(blocks)


def _talk(turn: Turn, finding: Finding) -> str:
    return _lead(turn, finding)


def _retold(turn: Turn, finding: Finding) -> str:
    """The quotes one a line below where they stand, then who answers for it."""
    passage = finding.evidence[0].passage
    blocks = [_say(turn, finding.words, **_place(turn, passage))]
    for evidence in finding.evidence:
        if evidence.passage != passage:
            blocks.append(_say(turn, "retold_aim_of_document", **_place(turn, evidence.passage)))
        blocks.append(_quote(turn, evidence))
    return "\n".join([*blocks, _who(turn, passage, prefix="agencies")] if passage.agencies else blocks)


_FORMS: Mapping[Form, Callable[[Turn, Finding], str]] = {
    Form.CLAUSE: _clause,
    Form.ARTICLES: articles_text,
    Form.CHAPTER: chapter_text,
    Form.RESPONSIBLE: _responsible,
    Form.LISTING: _listing,
    Form.SEVERAL: _several,
    Form.NOT_STATED: _not_stated,
    Form.CHOICE: _talk,
    Form.NOTHING: _nothing,
    Form.TALK: _talk,
    Form.RECKONED: _reckoned,
    Form.OVERVIEW: overview_text,
    Form.WAY: way_text,
    Form.RETOLD: _retold,
    Form.FACTS: facts_text,
}


def _taken_for(turn: Turn, understood: Understanding) -> str:
    if understood.because == "follow_up":
        return _say(turn, "followed", question=understood.question)
    terms = "”、“" if turn.locale != ENGLISH else "”, “"
    return _say(turn, "did_you_mean", terms=terms.join(one.meant for one in turn.corrections))


def _lead(turn: Turn, finding: Finding) -> str:
    about = dict(finding.about)
    if finding.reckoning:
        about["conditions"] = conditions_text(turn, finding.reckoning.structure)
    return _say(turn, finding.words, **about)


def _quoted(turn: Turn, evidence: Evidence, *, agencies: bool = True) -> str:
    """Where it stands, the quote, and who answers for it."""
    blocks = [_say(turn, "clause", **_place(turn, evidence.passage)), _quote(turn, evidence)]
    if agencies and evidence.passage.agencies:
        blocks.append(_who(turn, evidence.passage, prefix="agencies"))
    return "\n".join(blocks)


def _quote(turn: Turn, evidence: Evidence) -> str:
    return f"「{_read(turn, evidence.passage, evidence.quote)}」"


def _place(turn: Turn, passage: PassageView) -> dict[str, str]:
    return {"title": _read(turn, passage, passage.document.title), "label": _labelled(turn, passage)}


def _labelled(turn: Turn, passage: PassageView) -> str:
    return f"{_read(turn, passage, passage.label)} {_title(turn, passage)}".rstrip()


def _title(turn: Turn, passage: PassageView) -> str:
    return _read(turn, passage, passage.heading or "")


def _read(turn: Turn, passage: PassageView, text: str) -> str:
    """``text`` of ``passage`` for the asker to read: as it stands where the document is in their script."""
    return text if passage.document.script == turn.script else to_script(text, turn.script)


def _who(turn: Turn, passage: PassageView, prefix: str = "responsible") -> str:
    """The sentence naming a passage's agencies; a leader is named only where the text names one."""
    if not passage.agencies:
        return _say(turn, "no_agency")
    leaders = [_name(mention, turn.script) for mention in passage.agencies if mention.role == "lead"]
    others = [_name(mention, turn.script) for mention in passage.agencies if mention.role != "lead"]
    role = "lead" if leaders and others else passage.agencies[0].role
    if role == "lead" and not others:
        role, others = "sole", leaders
    return _say(turn, f"{prefix}_{role}", names="、".join(others), lead="、".join(leaders))


def _name(mention: AgencyMention, script: Script) -> str:
    """The name as the passage writes it, in the asker's script (市商务局(口岸办) keeps its bracket)."""
    return to_script(mention.name, script)


def _suggestions(turn: Turn, finding: Finding) -> tuple[str, ...]:
    to_tap = finding.choices or finding.taps or finding.asks or finding.way
    return _taps(turn, finding) if to_tap or finding.status is Status.CLARIFY else _ways_on(turn, finding)


def _taps(turn: Turn, finding: Finding) -> tuple[str, ...]:
    """What is to be chosen from: never fewer than two."""
    if finding.choices:
        return _at_least_two(turn, [passage_tap(turn, passage) for passage in finding.choices])
    parts = [part_tap(turn, part) for part in finding.taps]
    return _at_least_two(turn, [*parts, *(_ask(turn, key, **about) for key, about in finding.asks)])


def _ways_on(turn: Turn, finding: Finding) -> tuple[str, ...]:
    """What one may ask after such an answer."""
    if finding.form is Form.CLAUSE and finding.evidence and finding.evidence[0].passage.agencies:
        first = _name(finding.evidence[0].passage.agencies[0], turn.script)
        return (_ask(turn, "ask_who"), _ask(turn, "ask_duties", agency=first))
    if finding.form is Form.RESPONSIBLE and finding.evidence[0].passage.agencies:
        first = _name(finding.evidence[0].passage.agencies[0], turn.script)
        return (_ask(turn, "ask_duties", agency=first), _ask(turn, "ask_more"))
    if finding.form is Form.NOTHING:
        return tuple(_title(turn, passage) for passage in finding.nearest if passage.heading)
    return (_ask(turn, "ask_capability"),) if finding.words in ("greeting", "noise", "off_topic") else ()


def _at_least_two(turn: Turn, offered: list[str]) -> tuple[str, ...]:
    """What is offered, with questions on the whole where it is no choice by itself."""
    offered = list(dict.fromkeys(offered))
    if len(offered) < _FEWEST_TAPS:
        offered += [_ask(turn, "ask_start"), _ask(turn, "ask_capability")]
    return tuple(offered)


def _say(turn: Turn, key: str, **about: str) -> str:
    return say(key, turn.script, turn.locale, **about)


def _ask(turn: Turn, key: str, **about: str) -> str:
    """A question to offer: always in Chinese, since that is what the desk reads."""
    return say(key, turn.script, None, **about)


def understanding_of(turn: Turn, finding: Finding) -> Understanding | None:
    """What ``finding`` rests on in place of the message as written; None where it rests on that."""
    if not (finding.evidence or finding.choices):
        return None
    if turn.rewritten:
        return Understanding(to_script(turn.rewritten.question, turn.script), "follow_up", turn.question)
    if turn.corrections:
        return Understanding(replaced(turn.question, turn.corrections), "spelling", turn.question)
    return None
