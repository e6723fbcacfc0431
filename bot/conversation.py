"""One turn of a conversation, from the message to the recorded answer.

Portal, API and command line all call ``converse``; ``STEPS`` is the whole way to a finding.
"""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.answer import Answer, Reason, Script, Status
from bot.desk.shared import Desk
from bot.errors import MessageRejected
from bot.explanation import note_decision, note_reading
from bot.finding import Finding, Form
from bot.keeping import keep
from bot.question.query import read
from bot.steps.conversation.choice import take_choice
from bot.steps.conversation.follow_up import ask_about_what, search_passages, show_more, stay_with_passages
from bot.steps.conversation.law_follow_up import follow_law
from bot.steps.conversation.listed import pick_of_list
from bot.steps.conversation.retelling import retell
from bot.steps.conversation.simpler import say_it_simpler
from bot.steps.conversation.swapped import ask_of_another
from bot.steps.door.offer import with_choices
from bot.steps.door.reception import receive
from bot.steps.door.scope import stay_in_scope
from bot.steps.door.show_the_way import show_the_way, with_the_way
from bot.steps.held_then import answer_of_older_law, take_day, unless_held_then
from bot.steps.laws.law_as_of import tell_not_held_then
from bot.steps.laws.law_chapters import cite_chapter
from bot.steps.laws.law_citing import cite_articles
from bot.steps.laws.law_out_of_force import answer_from_law_out_of_force
from bot.steps.published import answer_from_replies
from bot.steps.several import Step, answer_each
from bot.steps.sources_routing import answer_from_sources, answer_statute
from bot.steps.structure.by_number import look_up_document, look_up_number
from bot.steps.structure.document_facts import tell_facts
from bot.steps.structure.overview import overview
from bot.steps.structure.reckoning_step import answer_read_whole, answer_structure
from bot.steps.structure.set_out import list_subject
from bot.steps.structure.wording_lists import list_by_wording
from bot.topic import Topic
from bot.trace import Trace
from bot.turn import Turn
from bot.wish import AS_USUAL, Wish
from bot.words.composition import compose, understanding_of
from bot.words.verification import citations_hold
from indexer.text.script import detect_script, is_neutral
from kb import conversations, personal_data
from kb.conversations import ConversationView
from kb.store.db import Session

MAX_CHARACTERS = 500

# The way from one question to what is found, in order; the first step that finds something ends it.
ONE_QUESTION: tuple[Step, ...] = (
    take_day,  # 按2023年的规定: the day of which it asks what held
    answer_from_replies,  # what an agency has answered already, whatever it is about
    tell_facts,  # 关税法何时生效, 这个方案还有效吗: from the document's own data
    cite_articles,  # 海关法86条: from the structure
    cite_chapter,  # 海关法第八章讲什么: from the structure
    tell_not_held_then,  # the law of a day before any text of it that is held
    answer_from_law_out_of_force,  # a law that was repealed, by its name: marked
    overview,  # 总结一下, 列出39条, 海关法讲什么: the parts, or all of it, from the structure
    say_it_simpler,  # 说人话: the clause in hand once more; nothing is put in other words
    follow_law,  # 几天内交完, 不服找谁, after an answer from a law
    answer_statute,  # 商检法怎么说, 罚多少: asked of the laws
    answer_structure,  # the same with a story around it; or what of it was not read
    look_up_number,  # 2.6.7, (六)7: from the structure
    stay_in_scope,  # another port, a single shipment, a current price: kept, not looked up
    ask_of_another,  # 空运呢, 关税呢: the same asked of another thing
    list_by_wording,  # 哪几条写了“无纸化”: by their words
    look_up_document,  # how many measures, issued by whom and when: from the structure
    list_subject,  # 跨境电商有哪几条: by containment
    ask_about_what,  # 那归谁管, and nothing before it
    stay_with_passages,  # 那归谁管, after an answer: asked of the passages in hand
    search_passages,  # everything else is searched, with a look at the turn before
    answer_of_older_law,  # of a day before the law that rules it now: the one that ruled it then
    unless_held_then(
        answer_from_sources
    ),  # by plan or law: answer, in part, ask which, or say what is lacking
)

# The way from a message to what is found.
STEPS: tuple[Step, ...] = (
    take_choice,  # the title tapped after 您问的是哪一项
    answer_read_whole,  # 海事局负责哪些, 第六节一共几项: reckoned over every measure
    show_the_way,  # 转人工, 12345能打吗, 我要投诉: whom to turn to; a letter is declined
    pick_of_list,  # 第二条详细说说, 跟铁路有关的是哪条: of the list just shown
    retell,  # 再说详细点, 为什么, 看不懂: of the passage in hand
    receive,  # greetings, noise, abuse, attempts: nothing is searched
    show_more,  # 还有别的吗: what the last question found and did not show
    answer_each(ONE_QUESTION),  # two questions in one message: two answers
    *ONE_QUESTION,
)


def converse(
    session: Session,
    desk: Desk,
    message: str,
    *,
    conversation_id: str | None = None,
    locale: str | None = None,
    now: datetime,
    wish: Wish = AS_USUAL,
    trace: Trace | None = None,
) -> Answer:
    """Answer ``message`` and record the turn in the caller's transaction.

    ``locale`` (zh-Hans, zh-Hant, en) words our own sentences and decides the script of a message that does
    not show one. Raises MessageRejected for an empty or too long message, NotFound for an unknown
    conversation.
    """
    if not 0 < len(message.strip()) <= MAX_CHARACTERS:
        raise MessageRejected(len(message.strip()), MAX_CHARACTERS)
    conversation = conversations.open_conversation(session, conversation_id, now=now)
    turn = open_turn(session, desk, conversation, message, locale, now, trace or Trace())
    turn.as_of = wish.as_of if wish.as_of != turn.present_day else None
    if wish.literal:
        turn = replace(turn, literal=True, topic=Topic())
    note_reading(turn)
    step, finding = next((step, found) for step in STEPS if (found := step(turn)))
    finding = with_choices(turn, with_the_way(turn, finding))
    note_decision(turn, step.__name__, finding)
    answer = _answer(turn, finding, conversation)
    if not citations_hold(answer.citations):
        finding = Finding(
            Status.UNANSWERED, Form.NOTHING, Reason.SUPERSEDED_SOURCE, words="superseded_source", keep=True
        )
        answer = _answer(turn, finding, conversation)
    answer = keep(turn, finding, answer)
    _record(turn, finding, answer)
    return answer


def open_turn(
    session: Session,
    desk: Desk,
    conversation: ConversationView,
    message: str,
    locale: str | None,
    now: datetime,
    trace: Trace,
) -> Turn:
    """A turn for ``message`` as it stands before the first step, personal data masked."""
    masked = personal_data.mask(message.strip())
    index = desk.current_index(session)
    lexicon = desk.lexicon(session, index)
    topic = Topic.from_dict(conversation.topic)
    return Turn(
        session=session,
        desk=desk,
        index=index,
        lexicon=lexicon,
        question=masked.text,
        personal_data=masked.kinds,
        script=_script(masked.text, locale, conversation),
        locale=locale,
        now=now,
        topic=topic,
        query=read(masked.text, lexicon, topic),
        trace=trace,
    )


def _script(message: str, locale: str | None, conversation: ConversationView) -> Script:
    """The asker's script: as written; where nothing tells, as before, else as chosen in the portal."""
    if not is_neutral(message):
        return detect_script(message)
    if conversation.script:
        return "hant" if conversation.script == "hant" else "hans"
    if locale in ("zh-Hans", "zh-Hant"):
        return "hant" if locale == "zh-Hant" else "hans"
    return "hans"


def _answer(turn: Turn, finding: Finding, conversation: ConversationView) -> Answer:
    draft = compose(turn, finding)
    message_id = str(uuid4())
    parts = tuple(_answer(part.turn, part.finding, conversation) for part in finding.parts)
    return Answer(
        conversation_id=conversation.id,
        message_id=message_id,
        status=finding.status,
        reason=finding.reason,
        text=draft.text,
        script=turn.script,
        citations=draft.citations,
        agencies=draft.agencies,
        suggestions=draft.suggestions,
        confidence=finding.confidence,
        understood=understanding_of(turn, finding),
        as_of=turn.as_of,
        parts=tuple(replace(part, message_id=message_id) for part in parts),
    )


def _record(turn: Turn, finding: Finding, answer: Answer) -> None:
    """Store the turn. The access code stays out of it: it is shown once, to the asker."""
    stored = replace(answer, ticket=replace(answer.ticket, access_code=None)) if answer.ticket else answer
    conversations.record_exchange(
        turn.session,
        conversation_id=answer.conversation_id,
        message_id=answer.message_id,
        question=turn.question,
        payload=stored.as_dict(),
        topic=(finding.topic or turn.topic.settled()).as_dict(),
        locale=turn.locale,
        now=turn.now,
    )
