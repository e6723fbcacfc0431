"""First messages that name another place: its offices are its own, what it buys from here is ours."""

from collections.abc import Callable

import pytest

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from kb.store.db import Session
from tests.databases import NOW

Ask = Callable[[str], Answer]


@pytest.fixture
def ask(turns_session: Session, words_desk: Desk) -> Ask:
    return lambda message: converse(turns_session, words_desk, message, now=NOW)


@pytest.mark.parametrize(
    "message", ["曼谷机场转机要签证吗", "釜山港码头周末上班吗", "印度那边海关要什么证", "本周冻虾均价是多少"]
)
def test_another_countrys_office_and_this_weeks_price_are_kept_and_not_answered(
    ask: Ask, message: str
) -> None:
    answer = ask(message)

    assert answer.status is Status.UNANSWERED
    assert answer.ticket


def test_a_customer_abroad_does_not_make_our_measure_one_of_another_country(ask: Ask) -> None:
    answer = ask("货发到印度那边的客户，海沧码头查验能快点吗")

    assert answer.citations[0].passage.section == "2.1.4"
