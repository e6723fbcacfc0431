"""The table of moves is whole: every state is in it, named, reachable, and left again."""

import pytest

from kb.tickets.ticket_states import REASON_REQUIRED, SETTLED, TRANSITIONS, TicketState, legal


def reachable(start: TicketState) -> set[TicketState]:
    seen, ahead = set(), [start]
    while ahead:
        state = ahead.pop()
        if state not in seen:
            seen.add(state)
            ahead += legal(state)
    return seen


def test_every_state_can_be_reached_from_a_new_ticket() -> None:
    assert reachable(TicketState.NEW) == set(TicketState)


@pytest.mark.parametrize("state", TicketState)
class TestEveryState:
    def test_has_moves_to_other_states_each_named_once(self, state: TicketState) -> None:
        assert state not in legal(state)
        assert len(set(legal(state))) == len(legal(state)) > 0

    def test_can_still_come_to_an_answer(self, state: TicketState) -> None:
        assert TicketState.ANSWERED in reachable(state)

    def test_has_a_label_of_its_own_in_both_languages(self, state: TicketState) -> None:
        assert [other for other in TicketState if other.zh == state.zh or other.en == state.en] == [state]


def test_the_usual_way_is_the_first_choice_at_each_step() -> None:
    state, way = TicketState.NEW, [TicketState.NEW]
    while state is not TicketState.CLOSED:
        state = legal(state)[0]
        way.append(state)

    assert [step.zh for step in way] == ["待受理", "已受理", "已派单", "办理中", "待审核", "已答复", "已办结"]


def test_nothing_becomes_new_again() -> None:
    assert all(TicketState.NEW not in moves for moves in TRANSITIONS.values())


def test_an_answer_is_only_given_by_approval() -> None:
    assert [state for state in TicketState if TicketState.ANSWERED in legal(state)] == [
        TicketState.PENDING_APPROVAL
    ]


def test_sending_a_question_back_or_away_needs_a_reason() -> None:
    assert {TicketState.RETURNED, TicketState.DECLINED} == REASON_REQUIRED


def test_what_is_settled_can_be_reopened() -> None:
    assert all(legal(state) for state in SETTLED)
