"""Lists by what is written: 哪几条写了“无纸化”, 点名到专精特新的有哪些."""

import re

from bot.finding import Finding
from bot.question.names.subjects import Kind
from bot.question.query import Asked
from bot.steps.structure.set_out import in_order, listing
from bot.turn import Turn

_WRITES = (
    r"(写|提|点|讲|说)(明|到|及|了|着|有)+(了|着|要|是|的)*|(字面|原文|明文|条文|标题|名称|名字|题目)[^“「『,，]{0,8}"
    r"(写|提|点|叫|带|含|有|讲|说)(明|到|及|了|着|有|名)*|出现|字样|字眼|停在|点名(到|了)?|明说(了|要)*|(写|带|含)(有|了)?(?=[“「『\"])"
)
_VERB = re.compile(_WRITES)
_QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]{2,12})[”」』\"》]")
_STRIPPED = re.compile(r"^(要|了|是|有|到|的|着|做|搞|过|\s)+|(什么)+$")
_ITEMS = re.compile(r"、|和|跟|与|及|或者?|,|，")
_PHRASE_ENDS = re.compile(r"的(?!人)|[。;；?？!！:：(（]|这几|哪|都在|分别")
_SHORTEST = 2
_LONGEST = 10


def list_by_wording(turn: Turn) -> Finding | None:
    """The measures that hold the words a question asks for, where it asks which ones write them; else None.

    What stands in quotation marks is meant letter for letter. Without them a word by which a subject is asked
    stands for the subject, and any other for itself.
    """
    asked, text = turn.query.asked, turn.query.text
    verb = _VERB.search(text)
    if asked & Asked.WHO or not asked & (Asked.LIST | Asked.WHOLE | Asked.COUNT):
        return None
    found = _holding_quoted(turn, text, verb is not None)
    if verb and not found:
        found = _holding(turn, text[verb.end() :])
    passages = [one for one in in_order(turn, found) if one.kind == "measure"]
    return listing(turn, passages) if len(passages) >= _SHORTEST else None


def _holding_quoted(turn: Turn, text: str, by_verb: bool) -> frozenset[str]:
    """What holds any of what is quoted; of the sort that the rest names (名称带“公共”的平台), if some are.

    Where no verb says that it is to be written, only if it is no subject of its own (跟“碳”有关的).
    """
    phrases = [_STRIPPED.sub("", phrase) for phrase in _QUOTED.findall(text)]
    if not by_verb:
        phrases = [phrase for phrase in phrases if not _is_subject(turn, phrase)]
    if not phrases or turn.lexicon.agencies(text):
        return frozenset()
    found = frozenset().union(*(_written_in(turn, phrase) for phrase in phrases))
    mentions = turn.lexicon.subjects.find(_QUOTED.sub(" ", text))
    sorts = [one.subject for one in mentions if one.subject.kind is Kind.MEANS]
    of_sort = found.intersection(*(subject.passages(turn.lexicon.texts) for subject in sorts))
    return of_sort if len(of_sort) >= _SHORTEST else found


def _is_subject(turn: Turn, phrase: str) -> bool:
    mentions = turn.lexicon.subjects.find(phrase)
    return any(one.word == phrase and one.subject.kind is not Kind.MEANS for one in mentions)


def _holding(turn: Turn, rest: str) -> frozenset[str]:
    """What holds any of the things named right after the verb; nothing if one of them stands nowhere."""
    named = _PHRASE_ENDS.split(_STRIPPED.sub("", rest), maxsplit=1)[0]
    items = [item for each in _ITEMS.split(named) if (item := _STRIPPED.sub("", each).strip())]
    found = [_of_item(turn, item) for item in items]
    return frozenset().union(*found) if found and all(found) else frozenset()


def _of_item(turn: Turn, item: str) -> frozenset[str]:
    mentions = turn.lexicon.subjects.find(item)
    named = next((one.subject for one in mentions if one.end == len(item)), None)
    if named:
        return named.passages(turn.lexicon.texts)
    shorter = (item[:end] for end in range(min(len(item), _LONGEST), _SHORTEST - 1, -1))
    return next((found for phrase in shorter if (found := _written_in(turn, phrase))), frozenset())


def _written_in(turn: Turn, phrase: str) -> frozenset[str]:
    return frozenset(key for key, text in turn.lexicon.texts.items() if phrase and phrase in text)
