"""Everything that can go wrong below has one sentence in each language, a status and a stable code."""

import pytest
from werkzeug.exceptions import default_exceptions

import bot.errors
import indexer.errors
import kb.errors
from web.errors import BELOW, BY_STATUS, INTERNAL, kind_of, kind_of_status
from web.exits import ExitCode

KINDS = [*BELOW.values(), *BY_STATUS.values()]
BASES = (indexer.errors.IndexerError, kb.errors.KnowledgeError, bot.errors.BotError)


def descendants(cls):
    yield cls
    for child in cls.__subclasses__():
        yield from descendants(child)


@pytest.mark.parametrize("base", BASES)
def test_every_error_class_of_the_layers_below_has_its_own_row(base):
    missing = {cls.__name__ for cls in descendants(base)} - {cls.__name__ for cls in BELOW}

    assert not missing


def test_every_row_is_of_a_class_that_exists_below():
    known = {cls for base in BASES for cls in descendants(base)}

    assert set(BELOW) <= known


@pytest.mark.parametrize("status", sorted(default_exceptions))
def test_every_http_error_has_a_sentence_and_keeps_its_status(status):
    kind = kind_of_status(status)

    assert kind.status == status
    assert kind.zh
    assert kind.en


def test_a_code_stands_for_one_sentence_only():
    sentences = {}
    for kind in KINDS:
        sentences.setdefault(kind.code, set()).add((kind.status, kind.zh, kind.en))

    assert {code: found for code, found in sentences.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_sentences_are_in_their_language_and_codes_are_plain(kind):
    assert any("\u4e00" <= char <= "\u9fff" for char in kind.zh)
    assert kind.en.isascii()
    assert kind.code.replace("_", "").isalpha()
    assert 400 <= kind.status < 600
    assert kind.exit is not ExitCode.OK


def test_what_is_not_found_is_named_in_words():
    assert str(kb.errors.NotFound("ticket", "WT-20200101-0001")) == "ticket WT-20200101-0001"


def test_an_unforeseen_subclass_takes_its_parents_row_and_a_stranger_the_internal_one():
    class Newer(kb.errors.NotFound):
        """Not in the table."""

    assert kind_of(Newer("x")) == BELOW[kb.errors.NotFound]
    assert kind_of(ZeroDivisionError()) == INTERNAL
