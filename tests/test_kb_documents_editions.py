"""Editions of laws and their days: what holds when, and what ended it."""

from datetime import date

import pytest

from kb.documents import knowledge
from kb.documents.ingest import ingest
from kb.documents.validity import repealed_titles
from kb.errors import NotFound
from tests.corpora import make_corpus, make_document

OLD = make_document(
    "ferry-law", ("旧的规定。", "第二条的旧文。"), kind="law", title="中华人民共和国渡口法",
    edition="2020-05-01",
    effective_on=date(2020, 7, 1),
)  # fmt: skip
NEW = make_document(
    "ferry-law", ("新的规定。",), kind="law", title="中华人民共和国渡口法", edition="2026-06-01",
    effective_on=date(2027, 1, 1),
)  # fmt: skip


def article(session, number, on):
    return knowledge.passages(session, [f"ferry-law/{number}"], on=on)[f"ferry-law/{number}"]


def test_each_edition_holds_on_its_own_days(session, now):
    ingest(session, make_corpus(NEW, OLD), now)
    assert "旧的规定" in article(session, 1, date(2026, 12, 31)).text
    assert "新的规定" in article(session, 1, date(2027, 1, 1)).text
    with pytest.raises(KeyError):
        article(session, 2, date(2027, 1, 1))
    with pytest.raises(KeyError):
        article(session, 1, date(2020, 6, 30))


def test_the_status_of_an_edition_depends_on_the_day(session, now):
    ingest(session, make_corpus(OLD, NEW), now)

    def statuses(on):
        return {one.version: one.status for one in knowledge.editions(session, "ferry-law", on=on)}

    assert statuses(date(2020, 1, 1)) == {"2020-05-01": "not_yet_in_force", "2026-06-01": "not_yet_in_force"}
    assert statuses(date(2026, 11, 23)) == {"2020-05-01": "in_force", "2026-06-01": "not_yet_in_force"}
    assert statuses(date(2027, 1, 1)) == {"2020-05-01": "amended", "2026-06-01": "in_force"}


def test_the_document_stands_in_the_edition_of_the_day(session, now):
    ingest(session, make_corpus(OLD, NEW), now)
    assert knowledge.document(session, "ferry-law", on=date(2026, 1, 1)).version == "2020-05-01"
    assert knowledge.document(session, "ferry-law", on=date(2027, 1, 1)).version == "2026-06-01"
    assert knowledge.document(session, "ferry-law", on=date(2000, 1, 1)).version == "2020-05-01"
    assert knowledge.document_text(session, "ferry-law", version="2020-05-01") == OLD.text
    with pytest.raises(NotFound):
        knowledge.document(session, "ferry-law", version="1999-01-01")


def test_a_law_that_repeals_another_ends_it_on_its_day(session, now):
    repealing = make_document(
        "crossing-law", ("本法自2026年1月1日起施行。《中华人民共和国渡口法》同时废止。",), kind="law",
        title="中华人民共和国过江法", effective_on=date(2026, 1, 1),
    )  # fmt: skip
    ingest(session, make_corpus(OLD, repealing), now)
    (edition,) = knowledge.editions(session, "ferry-law", on=date(2026, 1, 1))
    assert (edition.status, edition.ended_by) == ("repealed", "crossing-law")
    assert knowledge.passages(session, ["ferry-law/1"], on=date(2026, 1, 1)) == {}

    ingest(session, make_corpus(OLD), now)
    (edition,) = knowledge.editions(session, "ferry-law", on=date(2026, 1, 1))
    assert edition.status == "in_force"


@pytest.mark.parametrize(
    ("clause", "titles"),
    [
        ("自1日起施行。1990年发布的《甲条例》和《乙办法》同时废止。", ["甲条例", "乙办法"]),
        ("《甲条例》第三条同时废止。", []),
        ("违反《甲条例》的，依法处罚。", []),
    ],
)
def test_titles_are_repealed_only_where_the_text_says_so(clause, titles):
    assert repealed_titles(clause) == titles


def test_a_corrected_text_of_one_edition_leaves_the_other_alone(session, now):
    ingest(session, make_corpus(OLD, NEW), now)
    corrected = make_document(
        "ferry-law", ("更正的规定。",), kind="law", title="中华人民共和国渡口法", edition="2020-05-01",
        effective_on=date(2020, 7, 1),
    )  # fmt: skip
    report = ingest(session, make_corpus(corrected, NEW), now)
    assert (report.changed, report.unchanged) == (("ferry-law@2020-05-01",), ("ferry-law@2026-06-01",))
    assert "更正的规定" in article(session, 1, date(2026, 1, 1)).text


def test_laws_whose_data_is_away_are_not_withdrawn(session, now):
    ingest(session, make_corpus(OLD, make_document("b")), now)
    without = make_corpus(make_document("b"))
    report = ingest(session, type(without)(**{**vars(without), "absent": frozenset(("ferry-law",))}), now)
    assert report.withdrawn == ()
    assert article(session, 1, date(2026, 1, 1))


def test_the_trademark_law_in_force_today_is_not_the_one_published_last(loaded_session):
    shown = knowledge.document(loaded_session, "trademark-law", on=date(2026, 11, 24))
    assert (shown.version, shown.status, shown.ended_on) == ("2019-04-23", "in_force", date(2027, 1, 1))


def test_every_law_of_the_sources_is_loaded_in_an_edition_in_force(corpus, loaded_session):
    in_force = {
        document.id
        for document in knowledge.documents(loaded_session, on=date(2026, 11, 24), kind="law")
        if document.status == "in_force"
    }
    assert {law.id for law in corpus.laws} == in_force
    assert len(in_force) >= 25
