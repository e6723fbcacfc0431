"""Slips of the pen: what is corrected, what is left alone, and what the answer says about it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from bot.question.names.spelling import Speller
from bot.trace import Trace
from indexer.meaning.fusion import propose
from indexer.text.folding import fold
from indexer.text.script import to_script
from kb.corpus.folder import Corpus
from kb.store.db import session_factory
from tests.databases import LOADED, NOW, SqliteDatabases, open_engine

Ask = Callable[..., Answer]

SLIPS = [
    ("离港却认归谁管", "离港却认", "离港确认"),
    ("锂电迟包装检验有什么新做法", "锂电迟包装", "锂电池包装"),
    ("离岗确认这个模式今年还扩大吗", "离岗确认", "离港确认"),
    ("AOE认证有啥好处", "AOE", "AEO"),
    ("我们走RECP的货有什么安排", "RECP", "RCEP"),
    ("综宝区里能不能做保税维修", "综宝区", "综保区"),
    ("岸典今年怎么推", "岸典", "岸电"),
    ("转官的货多久放行", "转官", "转关"),
    ("智慧巷口怎么建", "智慧巷口", "智慧港口"),
    ("鸡边分流归谁管", "鸡边分流", "机边分流"),
]


@pytest.fixture(scope="module")
def session(sqlite_databases: SqliteDatabases) -> Iterator[Session]:
    with open_engine(sqlite_databases.copy(LOADED)) as engine, session_factory(engine)() as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(index_root: Path) -> Desk:
    return Desk.open(index_root, b"0" * 32)


@pytest.fixture(scope="module")
def speller(session: Session, desk: Desk) -> Speller:
    index = desk.reader.current()
    return desk.speller(index, desk.lexicon(session, index))


@pytest.fixture
def ask(session: Session, desk: Desk) -> Ask:
    def ask_one(message: str, after: Answer | None = None, **given: Any) -> Answer:
        conversation_id = after.conversation_id if after else None
        return converse(session, desk, message, conversation_id=conversation_id, now=NOW, **given)

    return ask_one


class TestCorrections:
    @pytest.mark.parametrize("script", ["hans", "hant"])
    @pytest.mark.parametrize(("message", "written", "meant"), SLIPS)
    def test_find_the_term_and_where_it_stands(
        self, speller: Speller, message: str, written: str, meant: str, script: str
    ) -> None:
        message = to_script(message, script)
        spelling = speller.correct(message, script)

        (one,) = spelling.corrections
        assert message[one.start : one.end] == one.written
        assert (fold(one.written).text, fold(one.meant).text) == (fold(written).text, fold(meant).text)
        assert spelling.corrected == message.replace(one.written, one.meant)

    def test_count_in_the_message_as_written_whatever_its_width(self, speller: Speller) -> None:
        message = "　㎡ ＡＯＥ，離港却認？"
        spelling = speller.correct(message, "hant")

        assert [message[one.start : one.end] for one in spelling.corrections] == ["ＡＯＥ", "離港却認"]
        assert spelling.corrected == "　㎡ AEO，離港確認？"

    @pytest.mark.parametrize(
        "message",
        [
            "离港确认归谁管",
            "银行货款能不能晚点付",
            "CEO要来开会",
            "EDI怎么接",
            "小船喂到厦门接大船",
            "哪個部門發扶持錢",
            "信用贷没批下来",
            "今天天气不错",
            "👍 ok",
            "",
        ],
    )
    def test_leave_alone_what_is_no_slip(self, speller: Speller, message: str) -> None:
        spelling = speller.correct(message, "hans")

        assert (spelling.corrected, spelling.corrections) == (message, ())


class TestHarm:
    def test_is_done_to_hardly_a_curated_question(self, speller: Speller, corpus: Corpus, desk: Desk) -> None:
        """A curated question that is corrected still finds its passage first, where it did before.

        Not quite all can: 外综福企业 is rightly corrected, and 外综服企业 is what two passages are about.
        """
        index = desk.reader.current()
        lost, corrected = [], 0
        for variant in corpus.variants:
            spelling = speller.correct(variant.text, "hans")
            if spelling.corrections:
                corrected += 1
                before, after = (
                    propose(index, None, text, 1)[0].hit.passage_id
                    for text in (variant.text, spelling.corrected)
                )
                wanted = f"{variant.document_id}/{variant.section}"
                if before == wanted != after:
                    lost.append((variant.text, spelling.corrected, after))

        assert len(lost) <= len(corpus.variants) / 2000, lost
        assert 0 < corrected / len(corpus.variants) < 0.05

    def test_is_done_to_hardly_a_question_that_no_document_answers(
        self, speller: Speller, corpus: Corpus
    ) -> None:
        corrected = [one.text for one in corpus.outside if speller.correct(one.text, "hans").corrections]

        assert len(corrected) / len(corpus.outside) < 0.02

    def test_is_not_done_to_the_plans_own_words(self, speller: Speller) -> None:
        bodies = [entry.body for entry in speller.index.entries if entry.body]

        assert bodies
        assert not [body for body in bodies if speller.correct(body, "hant").corrections]

    def test_depends_on_no_script(self, speller: Speller, corpus: Corpus) -> None:
        for variant in corpus.variants[::10]:
            hans, hant = (speller.correct(to_script(variant.text, s), s) for s in ("hans", "hant"))

            assert fold(hans.corrected).text == fold(hant.corrected).text
            assert len(hans.corrections) == len(hant.corrections)


class TestAnswersAsMeant:
    @pytest.mark.parametrize("script", ["hans", "hant"])
    @pytest.mark.parametrize(
        ("message", "section", "meant"),
        [
            ("离港却认归谁管", "2.1.2", "离港确认"),
            ("锂电迟包装厂里自己检海关认吗", "2.2.3", "锂电池包装"),
            ("离岗确认归谁管", "2.1.2", "离港确认"),
            ("评上AOE有什么好处", "2.6.1", "AEO"),
            ("离港却认", "2.1.2", "离港确认"),
            ("锂电迟包装", "2.2.3", "锂电池包装"),
        ],
    )
    def test_say_what_they_took_the_question_for(
        self, ask: Ask, message: str, section: str, meant: str, script: str
    ) -> None:
        message = to_script(message, script)
        answer = ask(message)

        assert answer.status is Status.ANSWERED
        assert answer.citations[0].passage.section == section
        first, _ = answer.text.split("\n", 1)
        assert fold(first).text == fold(f"您是不是想问“{meant}”？以下按此作答。").text
        understood = answer.as_dict()["understood"]
        assert (understood["because"], understood["undo"]) == ("spelling", message)
        assert fold(meant).text in fold(understood["question"]).text

    def test_of_a_bare_abbreviation_are_those_of_what_was_meant(self, ask: Ask) -> None:
        slipped, right = ask("AOE？"), ask("AEO？")

        assert (slipped.status, slipped.suggestions) == (right.status, right.suggestions)
        assert slipped.status is not Status.REFUSED

    def test_say_so_in_english_where_that_is_asked_for(self, ask: Ask) -> None:
        assert ask("离港却认归谁管", locale="en").text.startswith("Did you mean “离港确认”?")

    def test_say_nothing_where_the_question_is_right(self, ask: Ask) -> None:
        answer = ask("离港确认归谁管")

        assert answer.as_dict()["understood"] is None
        assert "是不是想问" not in answer.text

    def test_name_the_slips_of_both_questions_in_one_message(self, ask: Ask) -> None:
        message = "岸典归谁管？另外引杭费今年还降吗"
        answer = ask(message)

        assert [one.passage.section for one in answer.citations] == ["2.3.6", "2.5.3"]
        assert [part.understood.question for part in answer.parts if part.understood] == [
            "岸电归谁管",
            "引航费今年还降吗",
        ]
        for right in ("岸电", "引航费"):
            assert f"您是不是想问“{right}”？" in answer.text

    def test_are_not_given_where_the_correction_finds_nothing_better(self, ask: Ask) -> None:
        trace = Trace()
        answer = ask("海關總暑在哪條街", trace=trace)

        assert answer.understood is None
        assert trace.last("corrections")["taken"] is False

    def test_are_followed_up_as_meant(self, ask: Ask) -> None:
        answer = ask("那归谁管", after=ask("离港却认是什么"))

        assert answer.citations[0].passage.section == "2.1.2"
        assert answer.understood
        assert answer.understood.because == "follow_up"

    def test_tell_whoever_asks_what_was_corrected_and_what_was_added(self, ask: Ask) -> None:
        trace = Trace()
        ask("离港却认归谁管", trace=trace)

        assert trace.last("corrections")["found"][0]["meant"] == "离港确认"
        added = next(note.details["added"] for note in trace.notes if note.name == "expansions")
        assert "确认" in added[0]["terms"]

    def test_keep_a_question_as_it_was_sent(self, ask: Ask, session: Session) -> None:
        answer = ask("锂电迟包装备案表在哪下载")

        assert answer.status is Status.PARTIAL
        assert answer.ticket is not None
        assert answer.understood is not None
        assert answer.understood.undo == "锂电迟包装备案表在哪下载"


def test_a_speller_belongs_to_one_generation(desk: Desk, session: Session) -> None:
    index = desk.reader.current()
    lexicon = desk.lexicon(session, index)

    assert desk.speller(index, lexicon) is desk.speller(index, lexicon)
