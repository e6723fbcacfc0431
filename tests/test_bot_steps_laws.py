"""Answers from the laws over the real corpus: by number, by words, in the edition that is meant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer import Status
from bot.conversation import converse
from bot.desk.shared import Desk
from bot.wish import Wish
from kb.documents.indexing import rebuild_index
from kb.documents.ingest import ingest
from kb.store.db import session_factory
from kb.tickets import tickets
from tests.corpora import make_corpus, make_document
from tests.databases import EMPTY, LOADED, NOW, SqliteDatabases, open_engine


@pytest.fixture(scope="module")
def session(sqlite_databases: SqliteDatabases) -> Iterator:
    with open_engine(sqlite_databases.copy(LOADED)) as opened, session_factory(opened)() as session:
        yield session


@pytest.fixture(scope="module")
def desk(index_root: Path) -> Desk:
    return Desk.open(index_root, b"0" * 32)


@pytest.fixture
def ask(session, desk):
    def ask_one(message, after=None, now=NOW, as_of=None):
        answer = converse(
            session,
            desk,
            message,
            conversation_id=after.conversation_id if after else None,
            wish=Wish(as_of=as_of),
            now=now,
        )
        session.flush()
        return answer

    return ask_one


def cited(answer):
    return [citation.passage.id for citation in answer.citations]


class TestByNumber:
    def test_the_answer_says_article_chapter_edition_and_dates_and_quotes_it_whole(self, ask):
        answer = ask("海关法86条")
        assert answer.status is Status.ANSWERED
        assert cited(answer) == ["customs-law/86"]
        first = answer.text.splitlines()[0]
        assert first.startswith("《中华人民共和国海关法》第八十六条（第八章 法律责任，2021-04-29版")
        assert "现行有效" in first
        assert answer.citations[0].quote == answer.citations[0].passage.body

    def test_a_paragraph_is_quoted_alone(self, ask):
        answer = ask("關稅法第51條第2款")
        assert answer.citations[0].quote.startswith("纳税人发现多缴税款的，可以自缴纳税款之日起三年内")
        assert "納稅人發現多繳稅款的" in answer.text

    def test_an_item_comes_with_the_words_that_lead_to_it(self, ask):
        lead, item = ask("海关法第八十六条第三项").citations
        assert lead.quote.startswith("违反本法规定有下列行为之一的，可以处以罚款")
        assert item.quote.startswith("（三）进出口货物")

    def test_an_article_that_does_not_exist_is_said_not_to(self, ask):
        answer = ask("海关法第200条")
        assert answer.status is Status.UNANSWERED
        assert "《中华人民共和国海关法》没有第200条。" in answer.text
        assert answer.citations == ()

    def test_a_paragraph_that_does_not_exist_is_said_not_to_and_the_article_shown(self, ask):
        answer = ask("关税法第51条第9款")
        assert "没有您说的那一款" in answer.text
        assert cited(answer) == ["tariff-law/51"]

    def test_a_law_that_is_not_here_is_said_not_to_be_and_the_question_kept(self, ask):
        answer = ask("民法典第577条怎么说")
        assert answer.status is Status.UNANSWERED
        assert "《民法典》没有收录" in answer.text
        assert answer.ticket is not None

    def test_a_number_alone_after_an_article_is_of_the_same_law(self, ask):
        assert cited(ask("那第87条呢", after=ask("海关法86条"))) == ["customs-law/87"]

    def test_the_newer_special_law_is_said_to_come_first(self, ask):
        assert "以《中华人民共和国关税法》为准" in ask("海关法第60条").text
        assert "为准" not in ask("海关法第24条").text


class TestEditions:
    @pytest.mark.parametrize(
        "question", ["旧的对外贸易法第10条", "2022年的外贸法第10条", "外贸法修订前第十条"]
    )
    def test_an_old_edition_that_is_named_is_quoted_and_marked(self, ask, question):
        answer = ask(question)
        (citation,) = answer.citations
        assert citation.passage.document.version == "2022-12-30"
        assert citation.as_dict()["document"]["status"] == "amended"
        assert citation.as_dict()["url"] == "/documents/foreign-trade-law?edition=2022-12-30#10"
        assert answer.text.startswith("请注意：以下是《中华人民共和国对外贸易法》的旧版")

    def test_an_edition_to_come_is_marked_until_its_day(self, ask):
        answer = ask("新商标法第五条")
        assert answer.citations[0].passage.document.version == "2026-06-26"
        assert "现在还没有生效" in answer.text

        after = ask("商标法第五条", now=datetime(2027, 1, 4, 2, tzinfo=UTC))
        assert after.citations[0].passage.document.version == "2026-06-26"
        assert "现行有效" in after.text

    def test_without_a_year_the_edition_in_force_answers(self, ask):
        assert ask("商标法第五条").citations[0].passage.document.version == "2019-04-23"

    def test_an_edition_that_is_not_here_is_said_not_to_be(self, ask):
        answer = ask("1987年的海关法第3条")
        assert "那一版没有收录" in answer.text
        assert cited(answer) == ["customs-law/3"]

    def test_words_are_looked_for_in_the_old_edition_that_is_named(self, ask):
        answer = ask("旧的外贸法里谁能经营国营贸易")
        assert {citation.passage.document.version for citation in answer.citations} == {"2022-12-30"}
        assert "国营贸易" in answer.citations[0].quote


class TestByWords:
    def test_the_first_words_are_the_rule_and_its_number(self, ask):
        answer = ask("法检的进口货没报检就卖掉了，罚多少")
        assert answer.status is Status.ANSWERED
        assert cited(answer)[0] == "commodity-inspection-law/32"
        assert answer.text.splitlines()[0].startswith("《中华人民共和国进出口商品检验法》第三十二条（")
        assert "百分之五以上百分之二十以下" in answer.text

    def test_both_scripts_get_the_same_articles(self, ask):
        assert cited(ask("商檢法說出口危險品的包裝要不要鑒定")) == cited(
            ask("商检法说出口危险品的包装要不要鉴定")
        )

    def test_a_law_that_is_named_is_the_only_one_searched(self, ask):
        found = cited(ask("港口没贴出来的收费项目，港口法允许收吗"))
        assert found[0] == "port-law/28"
        assert all(key.startswith("port-law/") for key in found if not key.startswith("xiamen"))

    def test_a_regulation_that_is_not_here_is_not_answered_from_another(self, ask):
        answer = ask("海关处罚实施条例里申报不实罚多少")
        assert answer.status is Status.UNANSWERED
        assert answer.citations == ()

    def test_the_plan_answers_what_is_the_plans(self, ask):
        answer = ask("龙虾半夜到港能马上报关吗")
        assert cited(answer)[0] == "xiamen-2024-plan/2.1.1"

    def test_chatter_is_not_taken_for_a_question_of_law(self, ask):
        assert ask("没事，点错了").citations == ()

    def test_of_a_long_article_the_lead_and_the_item_are_quoted(self, ask):
        answer = ask("海关法里进出口货物申报不实会怎么处罚")
        of_article = [one for one in answer.citations if one.passage.id == "customs-law/86"]
        assert of_article
        assert any("申报不实" in one.quote for one in of_article)
        assert any("可以处以罚款" in one.quote for one in of_article)


class TestGoingOn:
    def test_a_message_that_names_nothing_is_asked_of_the_article_before_it(self, ask):
        answer = ask("超了会怎样", after=ask("进口的货多久不报关算超期"))

        assert answer.understood is not None
        assert {"customs-law/24", "customs-law/30"} <= set(cited(answer))

    def test_a_new_question_of_law_is_not_glued_to_the_old(self, ask):
        answer = ask("海关查验时要不要我们到场", after=ask("關稅多交了幾年內能退"))

        assert answer.understood is None
        assert cited(answer)[0] == "customs-law/28"

    def test_a_question_of_law_after_a_measure_is_not_glued_to_it(self, ask):
        answer = ask("海关查验时要不要我们到场", after=ask("锂电池出口包装检验有什么新做法？"))

        assert answer.understood is None
        assert cited(answer)[0] == "customs-law/28"


def test_a_measure_has_the_article_that_it_rests_on_below_it(ask):
    assert "法律依据" in ask("锂电池出口包装检验有什么新做法？").text


def test_a_law_that_another_has_repealed_is_quoted_with_a_warning(sqlite_databases, tmp_path):
    repealed = make_document(
        "ferry-rules",
        ("渡口每日六时开放。",),
        kind="regulation",
        title="渡口条例",
        effective_on=date(2020, 1, 1),
    )
    repealing = make_document(
        "ferry-law",
        ("渡口应当公布每日开放的时间。", "本法自2026年1月1日起施行。《渡口条例》同时废止。"),
        kind="law",
        title="渡口法",
        effective_on=date(2026, 1, 1),
    )
    with open_engine(sqlite_databases.copy(EMPTY)) as engine, session_factory(engine)() as session:
        ingest(session, make_corpus(repealed, repealing), NOW)
        rebuild_index(session, tmp_path, NOW)
        desk = Desk.open(tmp_path, b"0" * 32)
        by_number = converse(session, desk, "渡口条例第一条", now=NOW)
        by_words = converse(session, desk, "渡口条例规定每日几时开放", now=NOW)
        when_it_held = converse(
            session, desk, "渡口条例规定每日几时开放", wish=Wish(as_of=date(2024, 1, 1)), now=NOW
        )
        of_something_else = converse(session, desk, "渡口条例今天天气怎么样", now=NOW)

    for answer in (by_number, by_words):
        assert answer.text.startswith("请注意：《渡口条例》自2026-01-01起已被《渡口法》废止")
        assert answer.citations[0].as_dict()["document"]["status"] == "repealed"
    assert when_it_held.text.startswith("以下按2024-01-01那天有效的规定作答。")
    assert "《渡口条例》自2026-01-01起已被《渡口法》废止" in when_it_held.text
    assert not of_something_else.citations


@pytest.fixture
def ferries(sqlite_databases, tmp_path):
    """Ask of a repealed regulation in two editions, and of two regulations that share a short name."""
    documents = [
        make_document(
            "ferry-rules",
            ("渡口每日六时开放。", f"逾期靠泊的，按日加收千分之{rate}的滞纳金。"),
            kind="regulation",
            title="进出口渡口条例",
            edition=f"{year}-01-01",
            adopted_on=date(year, 1, 1),
            effective_on=date(year, 1, 1),
        )
        for year, rate in ((2010, "一"), (2017, "五"))
    ]
    documents.append(
        make_document(
            "ferry-law",
            ("渡口应当公布开放的时间。", "本法自2026年1月1日起施行。《进出口渡口条例》同时废止。"),
            kind="law",
            title="渡口法",
            effective_on=date(2026, 1, 1),
        )
    )
    documents += [
        make_document(name, (f"{name}码头应当登记。", "码头收费公示。"), kind="regulation", title=title)
        for name, title in (("pier-a", "海关码头管理条例"), ("pier-b", "国际码头条例"))
    ]
    with open_engine(sqlite_databases.copy(EMPTY)) as engine, session_factory(engine)() as session:
        ingest(session, make_corpus(*documents), NOW)
        rebuild_index(session, tmp_path, NOW)
        desk = Desk.open(tmp_path, b"0" * 32)
        yield lambda message: converse(session, desk, message, now=NOW)


@pytest.mark.parametrize(
    ("message", "rate", "status"),
    [
        ("2018年的进出口渡口条例怎么规定滞纳金", "千分之五", "repealed"),
        ("2015年的进出口渡口条例怎么规定滞纳金", "千分之一", "amended"),
        ("渡口条例第二条", "千分之五", "repealed"),
    ],
)
def test_a_year_finds_the_edition_of_a_repealed_law_that_held_then_marked(ferries, message, rate, status):
    answer = ferries(message)
    assert rate in answer.citations[0].quote
    assert answer.citations[0].as_dict()["document"]["status"] == status
    assert answer.text.startswith("请注意：")


def test_a_year_before_every_edition_of_a_repealed_law_is_said_not_to_be_held(ferries):
    first, second = ferries("2005年的进出口渡口条例第二条").text.splitlines()[:2]
    assert first.startswith("您问的那一版《进出口渡口条例》没有收录在这里")
    assert "已被《渡口法》废止" in second


def test_what_a_repealed_law_does_not_say_is_told_with_what_became_of_it(ferries):
    answer = ferries("2018年的进出口渡口条例怎么规定船员签证")
    assert answer.status is Status.UNANSWERED
    assert "《进出口渡口条例》自2026-01-01起已被《渡口法》废止，其中没有找到您问的内容。" in answer.text
    assert answer.ticket


def test_a_short_name_of_two_regulations_says_so_and_gives_both(ferries):
    answer = ferries("码头条例第一条")
    assert cited(answer) == ["pier-a/1", "pier-b/1"]
    assert answer.text.startswith("“码头条例”是《海关码头管理条例》、《国际码头条例》都用的简称")


def test_a_whole_name_is_of_its_own_regulation_alone(ferries):
    answer = ferries("国际码头条例第一条")
    assert cited(answer) == ["pier-b/1"]
    assert "简称" not in answer.text


class TestAsOf:
    THEN = date(2024, 1, 1)

    def test_an_article_by_number_is_of_the_edition_in_force_that_day_and_marked(self, ask):
        answer = ask("对外贸易法第十条", as_of=self.THEN)
        assert answer.as_of == self.THEN
        assert answer.citations[0].passage.document.version == "2022-12-30"
        assert answer.citations[0].passage.document.status == "amended"
        first, second = answer.text.splitlines()[:2]
        assert first == "以下按2024-01-01那天有效的规定作答。"
        assert "现在已不再适用" in second
        assert "2024-01-01有效" in answer.text

    def test_a_question_in_words_is_answered_with_what_the_article_read_then(self, ask):
        now, then = ask("对外贸易法对国营贸易怎么规定"), ask("对外贸易法对国营贸易怎么规定", as_of=self.THEN)
        assert {one.passage.document.version for one in then.citations} == {"2022-12-30"}
        assert then.citations[0].quote != now.citations[0].quote

    def test_a_day_to_come_is_answered_with_the_edition_to_come(self, ask):
        answer = ask("商标法第一条", as_of=date(2027, 2, 1))
        assert answer.citations[0].passage.document.version == "2026-06-26"
        assert "现在还没有生效" in answer.text

    @pytest.mark.parametrize("message", ["关税法第五十一条", "关税法里多缴税怎么退"])
    def test_a_law_of_which_no_text_of_that_day_is_held_is_not_quoted(self, ask, message):
        answer = ask(message, as_of=date(2020, 1, 1))
        assert answer.status is Status.UNANSWERED
        assert not answer.citations
        assert "2020-01-01那天《中华人民共和国关税法》的文本没有收录" in answer.text

    def test_nothing_of_a_plan_that_came_later_is_cited(self, ask):
        for message in ("二、(六)7", "海事局负责哪些措施", "锂电池出口包装检验有什么新做法"):
            assert not ask(message, as_of=date(2020, 1, 1)).citations

    def test_today_is_no_other_day(self, ask):
        answer = ask("海关法86条", as_of=NOW.date())
        assert answer.as_of is None
        assert "那天" not in answer.text

    def test_a_kept_question_says_which_day_it_is_about(self, ask, session):
        answer = ask("保税仓库的消防等级怎么定", as_of=self.THEN)
        assert answer.ticket
        assert tickets.get(session, answer.ticket.number).question.endswith("（问的是2024-01-01那天的规定）")

    def test_either_script_gives_the_same(self, ask):
        hans, hant = ask("对外贸易法第十条", as_of=self.THEN), ask("對外貿易法第十條", as_of=self.THEN)
        assert cited(hans) == cited(hant)
        assert hant.text.startswith("以下按2024-01-01那天有效的規定作答")
