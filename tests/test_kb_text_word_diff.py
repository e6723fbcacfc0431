"""Two wordings laid over each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.word_diff import word_diff

TEXTS = st.text(alphabet="处以五百二千元以上罚款，、。\n", max_size=40)


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        (
            "处五百元以上罚款",
            "处二千元以上罚款",
            [("kept", "处"), ("gone", "五百"), ("new", "二千"), ("kept", "元以上罚款")],
        ),
        ("同", "同", [("kept", "同")]),
        ("", "新", [("new", "新")]),
        ("旧", "", [("gone", "旧")]),
    ],
)
def test_runs_are_told_apart_by_what_became_of_them(before, after, runs):
    assert [(run.fate, run.text) for run in word_diff(before, after)] == runs


def test_a_chance_character_in_common_does_not_shred_a_sentence():
    runs = word_diff("由海关的关长批准", "由港口的主任同意")
    assert [run.fate for run in runs] == ["kept", "gone", "new"]


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(before, after):
    runs = word_diff(before, after)
    assert "".join(run.text for run in runs if run.fate != "new") == before
    assert "".join(run.text for run in runs if run.fate != "gone") == after
