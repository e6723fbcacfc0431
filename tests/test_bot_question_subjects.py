"""The curated subjects, and what a question's subjects come to."""

from collections import Counter

import pytest

from bot.question.names.subjects import Kind, Subjects
from bot.steps.structure.subject_members import members
from indexer.text.folding import fold
from kb.documents.directory import SubjectView
from tests.plans import SUBJECTS, XIAMEN, XIAMEN_PLAN, parsed

TEXTS = {f"{XIAMEN_PLAN}/{node.section}": "" for node in parsed(XIAMEN).root.outline() if node.citable}


def sections(question: str) -> set[str]:
    return {key.partition("/")[2] for key in members(fold(question).text, SUBJECTS, TEXTS)}


def test_every_subject_covers_passages_that_the_plan_has() -> None:
    assert {key for subject in SUBJECTS.subjects for key in subject.covers} <= set(TEXTS)
    assert all(subject.covers for subject in SUBJECTS.subjects)


def test_every_measure_is_listed_under_some_subject_other_than_its_part() -> None:
    covered = {
        key for subject in SUBJECTS.subjects if subject.kind is not Kind.PART for key in subject.covers
    }
    assert {key for key in TEXTS if "/2." in key} <= covered


def test_no_two_subjects_are_asked_by_the_same_word() -> None:
    words = Counter(word for subject in SUBJECTS.subjects for word in subject.asked)
    assert [word for word, count in words.items() if count > 1] == []


def test_there_are_subjects_of_every_kind() -> None:
    assert {subject.kind for subject in SUBJECTS.subjects} == set(Kind)
    assert len({subject.id for subject in SUBJECTS.subjects}) == len(SUBJECTS.subjects) >= 60


def test_the_longest_word_names_the_subject() -> None:
    assert [one.subject.id for one in SUBJECTS.find(fold("不是货，坐飞机过关的").text)] == ["passengers"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("海滄這邊", {"2.1.4", "2.2.7"}),
        ("不用纸的", {"2.1.3", "2.4.1", "2.6.5"}),
        ("锂电池和维修", {"2.2.2", "2.2.3", "2.2.8", "2.4.6"}),
        ("保税区里做维修的", {"2.4.6"}),
        ("出口锂电的厂家", {"2.2.3", "2.2.8"}),
        ("第五块税费", {"2.5.1", "2.5.2", "2.5.3"}),
        ("今天天气", set()),
    ],
)
def test_subjects_are_joined_side_by_side_and_narrow_each_other_else(
    question: str, expected: set[str]
) -> None:
    assert sections(question) == expected


@pytest.mark.parametrize("question", ["保税区除了维修还有哪些", "保税区的，维修那块我知道了，其他的呢"])
def test_what_is_excepted_is_left_out(question: str) -> None:
    assert sections(question) == {"2.2.5", "2.2.7"}


def test_another_document_is_listed_by_the_words_it_holds() -> None:
    texts = {"other/1": "跨境电商集货", "other/2": "岸电"}
    assert members("跨境电商", SUBJECTS, texts) == {"other/1"}


def test_a_subject_of_two_documents_covers_what_was_reviewed_in_each() -> None:
    views = [
        SubjectView(document, "fresh", "matter", (word,), (f"{document}/1",), (word,), ())
        for document, word in (("one", "活鱼"), ("two", "水果"))
    ]
    subjects = Subjects.of(views)
    texts = {"one/1": "", "one/2": "活鱼", "two/1": "", "two/2": "水果", "other/1": "水果"}

    assert (
        members("水果", subjects, texts) == members("活鱼", subjects, texts) == {"one/1", "two/1", "other/1"}
    )


def test_without_curated_subjects_nothing_is_named() -> None:
    assert Subjects().find("锂电池") == []
