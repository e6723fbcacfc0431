"""The day a question asks about, and what is told of a document itself."""

from datetime import date

import pytest

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.question.query import read
from bot.question.wishes.days import Day, DayKind, without_day
from tests.databases import NOW

TODAY = date(2026, 11, 23)


@pytest.fixture
def day_of(turns_session, words_desk):
    lexicon = words_desk.lexicon(turns_session, words_desk.current_index(turns_session))

    def read_one(message: str) -> Day | None:
        return read(message, lexicon).day

    return read_one


@pytest.fixture
def ask(turns_session, words_desk):
    def ask_one(message: str, after: Answer | None = None) -> Answer:
        conversation_id = after.conversation_id if after else None
        answer = converse(turns_session, words_desk, message, conversation_id=conversation_id, now=NOW)
        turns_session.flush()
        return answer

    return ask_one


def cited(answer: Answer) -> list[str]:
    return [one.passage.id for one in answer.citations]


@pytest.mark.parametrize(
    ("message", "day"),
    [
        ("按2023年的规定，多征税款多久可以退", date(2023, 12, 31)),
        ("2027年起商標異議期是幾個月", date(2027, 12, 31)),
        ("2023年以前多缴的关税能退吗", date(2022, 12, 31)),
        ("2019年那会多交的关税几年内可以要回来", date(2019, 12, 31)),
        ("去年的规定里滞纳金怎么算", date(2025, 12, 31)),
        ("2024年11月的规定里滞纳金怎么算", date(2024, 11, 30)),
        ("2024-11-30的规定里滞纳金怎么算", date(2024, 11, 30)),
        ("2023年进口货物多征税款多久可以退", date(2023, 12, 31)),
    ],
)
def test_a_day_is_read_however_it_is_said(day_of, message: str, day: date) -> None:
    assert day_of(message).resolved(TODAY) == day


@pytest.mark.parametrize(
    "message",
    [
        "去年我们进口了一批货，海关多征了税，多久可以退",
        "2025年的方案里会不会升到4.0",
        "前年多交了关税，几年内能要回来",
        "AEO要突破200家吗",
        "以前的留抵税额退不退",
        "老板问岸电归谁管",
    ],
)
def test_a_story_and_a_name_hold_no_day(day_of, message: str) -> None:
    assert day_of(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("旧的对外贸易法第10条", DayKind.OLD),
        ("外贸法修订前第十条", DayKind.OLD),
        ("海商法新的那版几月几号施行", DayKind.NEW),
        ("按现行规定多久可以退", DayKind.PRESENT),
    ],
)
def test_the_old_the_new_and_the_present_law_are_told_apart(day_of, message: str, kind: DayKind) -> None:
    assert day_of(message).kind is kind


def test_a_year_beside_a_law_only_names_its_edition(day_of) -> None:
    assert day_of("2022年的外贸法第10条").of_law


def test_what_is_searched_for_leaves_out_the_day() -> None:
    day = Day(DayKind.DATED, 2027, words="2027年起")
    assert without_day("2027年起商標異議期是幾個月", day) == "商標異議期是幾個月"


class TestAnswers:
    def test_the_rule_of_then_is_told_and_said_to_be_of_then(self, ask) -> None:
        answer = ask("按2023年的规定，进口货物多征税款多久可以退")

        assert answer.as_of == date(2023, 12, 31)
        assert cited(answer)[0] == "customs-law/63"
        assert answer.text.startswith("以下按2023-12-31那天有效的规定作答。")

    def test_a_law_whose_text_of_then_is_not_held_is_said_not_to_be(self, ask) -> None:
        answer = ask("按2019年的规定，进口货物多征税款多久可以退")

        assert answer.status is Status.PARTIAL
        assert "2019-12-31那天《中华人民共和国海关法》的文本没有收录" in answer.text
        assert "tariff-law/51" not in cited(answer)

    @pytest.mark.parametrize(
        ("message", "first", "day"),
        [
            ("关税法从什么时候开始实施", "tariff-law/72", "2024-12-01"),
            ("對外貿易法何時生效", "foreign-trade-law/83", "2026-03-01"),
            ("增值税法啥时候开始用的", "vat-law/38", "2026-01-01"),
            ("新商标法哪天施行", "trademark-law/87", "2027-01-01"),
        ],
    )
    def test_the_day_of_effect_is_that_of_the_document_and_its_own_article(
        self, ask, message: str, first: str, day: str
    ) -> None:
        answer = ask(message)

        assert answer.status is Status.ANSWERED
        assert cited(answer)[0] == first
        assert day in answer.text.splitlines()[0]

    def test_the_law_in_hand_is_asked_by_pointing_at_it(self, ask) -> None:
        before = ask("吨税法第12条")
        assert "吨税法" in ask("这部法什么时候开始施行", after=before).text.splitlines()[0]

    @pytest.mark.parametrize(
        ("message", "says"),
        [
            ("这个方案现在还有效吗", "没有写明有效期"),
            ("這個方案是哪天印發的", "2024-04-30"),
            ("方案是谁发的", "厦门市人民政府办公厅"),
            ("方案的文号是多少", "没有登记文号"),
        ],
    )
    def test_a_plan_is_told_of_by_its_own_data(self, ask, message: str, says: str) -> None:
        answer = ask(message)

        assert answer.status is Status.ANSWERED
        assert says in answer.text
        assert cited(answer) == ["xiamen-2024-plan/0"]

    def test_what_a_plan_does_not_state_is_said_and_kept(self, ask) -> None:
        answer = ask("这个方案什么时候开始实施")

        assert answer.status is Status.PARTIAL
        assert "没有写明施行日期" in answer.text
        assert answer.ticket is not None
