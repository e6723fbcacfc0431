"""The answer before told again: the whole of its passage, its stated aim, or its sentences in short."""

from dataclasses import replace

from bot.answer import Reason, Status
from bot.finding import Evidence, Finding, Form, Note
from bot.question.patterns import data
from bot.question.sorts.particulars import stated_at
from bot.question.wishes.retelling_wish import Retelling
from bot.turn import Turn
from indexer.text.folding import fold
from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.kinds import LAWS

_SURE = 0.95
_LINES = 3
_DECIDES = 0.8
_MOST_CHOICES = 5
# Where a document says what it is for: before its parts, or in its first article.
_OPENINGS = ("0", "1")


def retell(turn: Turn) -> Finding | None:
    """More of the passage in hand, its aim, or the same in short, where nothing else is asked; else None."""
    wish = turn.query.retelling
    if wish is None:
        return None
    found = knowledge.passages(turn.session, turn.topic.passages, on=turn.today)
    in_hand = [found[key] for key in turn.topic.passages if key in found and found[key].citable]
    if not in_hand:
        return _nothing_in_hand(turn)
    if len(in_hand) > 1 and (turn.topic.listed or turn.topic.chosen):
        return _which(turn, in_hand)
    finding = {Retelling.DEEPER: _whole, Retelling.WHY: _aim, Retelling.SIMPLER: _short}[wish](
        turn, in_hand[0]
    )
    return replace(finding, topic=turn.topic.settled())


def _nothing_in_hand(turn: Turn) -> Finding | None:
    """A question back, with the sections of a plan to tap; None where the message may be one by itself."""
    nodes = [node for plan in turn.plans for node in knowledge.outline(turn.session, plan.id, on=turn.today)]
    sections = [node for node in nodes if node.kind == "section" and node.heading and not node.citable]
    if not sections:
        return None
    choices = tuple(sections[:_MOST_CHOICES])
    return Finding(
        Status.CLARIFY, Form.CHOICE, Reason.LOW_CONFIDENCE, words="retell_nothing", choices=choices
    )


def _which(turn: Turn, in_hand: list[PassageView]) -> Finding:
    return Finding(
        Status.CLARIFY,
        Form.CHOICE,
        Reason.LOW_CONFIDENCE,
        words="retell_which",
        choices=tuple(in_hand[:_MOST_CHOICES]),
        topic=replace(turn.topic, chosen=False),
    )


def _whole(_: Turn, passage: PassageView) -> Finding:
    whole = (Evidence.body(passage),)
    if passage.document.kind in LAWS:
        notes = (Note("retold_whole_article"),)
        return Finding(Status.ANSWERED, Form.ARTICLES, notes=notes, evidence=whole, confidence=_SURE)
    return Finding(Status.ANSWERED, Form.RETOLD, words="retold_whole", evidence=whole, confidence=_SURE)


def _short(turn: Turn, passage: PassageView) -> Finding:
    """Its sentences one by one: first the shortest of those that answer the question before."""
    body = Evidence.body(passage)
    kinds = frozenset((passage.document.kind,))
    scores = turn.index.sentence_scores(turn.topic.question, body.quote, kinds=kinds)
    best = max((one.share for one in scores), default=0.0)
    given = stated_at(turn.topic.question, body.quote)
    stating = [one for one in scores if any(one.start <= start < one.end for start, _ in given)]
    close = stating or [one for one in scores if one.share >= best * _DECIDES]
    deciding = sorted(close, key=lambda one: (-round(one.share, 1), one.end - one.start))
    rest = sorted((one for one in scores if one not in deciding), key=lambda one: -one.share)
    spans = [(body.start + one.start, body.start + one.end) for one in (*deciding, *rest)][:_LINES]
    first, *others = spans or [(body.start, body.end)]
    lines = tuple(_trimmed(passage, *span) for span in (first, *sorted(others)))
    return Finding(Status.ANSWERED, Form.RETOLD, words="retold_short", evidence=lines, confidence=_SURE)


def _aim(turn: Turn, passage: PassageView) -> Finding:
    """Its own clause of purpose; where it has none, that, and what the document says it is for."""
    if own := _of_purpose(turn, passage):
        return Finding(Status.ANSWERED, Form.RETOLD, words="retold_aim", evidence=(own,), confidence=_SURE)
    document = passage.document.id
    openings = knowledge.passages(turn.session, [f"{document}/{one}" for one in _OPENINGS], on=turn.today)
    aims = [aim for one in openings.values() if one.citable and (aim := _of_purpose(turn, one))]
    return Finding(
        Status.PARTIAL,
        Form.RETOLD,
        Reason.NOT_STATED,
        words="retold_no_aim",
        evidence=(Evidence.body(passage), *aims[:1]),
        confidence=_SURE,
    )


def _of_purpose(turn: Turn, passage: PassageView) -> Evidence | None:
    """The first sentence that says what for, by a word of purpose."""
    body = Evidence.body(passage)
    words = data("function_words")["words"]["purpose"]
    for one in turn.index.sentence_scores("", body.quote, kinds=frozenset((passage.document.kind,))):
        if any(word in fold(body.quote[one.start : one.end]).text for word in words):
            return _trimmed(passage, body.start + one.start, body.start + one.end)
    return None


def _trimmed(passage: PassageView, start: int, end: int) -> Evidence:
    """A span without the blanks at its edges."""
    quote = Evidence(passage, start, end).quote
    lead = len(quote) - len(quote.lstrip())
    return Evidence(passage, start + lead, start + len(quote.rstrip()))
