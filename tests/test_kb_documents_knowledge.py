"""The read side: verbatim text, only what is in force, and few queries."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from kb.documents import knowledge
from kb.documents.ingest import ingest
from kb.documents.knowledge import PassageView
from kb.documents.passage_cache import Place, Shelf, shared_shelf
from kb.errors import CitationBroken, NotFound
from kb.store.db import session_factory
from kb.store.tables.agencies import Agency
from kb.store.tables.documents import Edition
from tests.corpora import FERRY, make_corpus, make_document
from tests.databases import NOW

PLAN = "xiamen-2024-plan"
TODAY = date(2026, 11, 23)


def test_passages_come_in_the_order_asked_for_and_unknown_ones_are_left_out(loaded_session: Session) -> None:
    wanted = [f"{PLAN}/2.6.7", f"{PLAN}/9.9.9", f"{PLAN}/2.2.3"]
    found = knowledge.passages(loaded_session, wanted, on=TODAY)
    assert list(found) == [f"{PLAN}/2.6.7", f"{PLAN}/2.2.3"]
    assert found[f"{PLAN}/2.2.3"].heading == "進一步支持新能源汽車及鋰電池出口"


def test_every_passage_is_a_digested_slice_of_the_document(loaded_session: Session) -> None:
    text = knowledge.document_text(loaded_session, PLAN)
    for passage in knowledge.outline(loaded_session, PLAN):
        assert passage.text == text[passage.start : passage.end]
        assert passage.sha256 == hashlib.sha256(passage.text.encode()).hexdigest()
        for mention in passage.agencies:
            assert mention.name == text[mention.start : mention.end]


def test_the_body_is_what_stands_between_heading_and_agencies(loaded_session: Session) -> None:
    passage = knowledge.passage(loaded_session, f"{PLAN}/2.6.4", on=TODAY)
    assert passage.body.strip().startswith("對船舶名稱核定")
    assert passage.body.strip().endswith("即時辦。")


def test_characters_outside_the_basic_plane_do_not_shift_spans(session: Session) -> None:
    ingest(session, make_corpus(make_document(articles=["渡口𠮷𰻝每日六时开放。", "行人免费。"])), NOW)
    assert [passage.text for passage in knowledge.outline(session, "ferry-rules")] == [
        "第1条 渡口𠮷𰻝每日六时开放。",
        "第2条 行人免费。",
    ]


@pytest.mark.parametrize(
    ("front_matter", "on", "holds"),
    [
        ({"issued_on": date(2025, 1, 1)}, date(2024, 12, 31), False),
        ({"issued_on": date(2025, 1, 1)}, date(2025, 1, 1), True),
        ({"issued_on": date(2025, 1, 1), "effective_on": date(2025, 3, 1)}, date(2025, 2, 28), False),
        ({"issued_on": date(2025, 1, 1), "effective_on": date(2025, 3, 1)}, date(2025, 3, 1), True),
        ({"expires_on": date(2026, 1, 1)}, date(2025, 12, 31), True),
        ({"expires_on": date(2026, 1, 1)}, date(2026, 1, 1), False),
        ({"status": "repealed"}, TODAY, False),
    ],
)
def test_a_passage_is_in_force_between_its_dates(
    session: Session, front_matter: dict[str, object], on: date, holds: bool
) -> None:
    ingest(session, make_corpus(make_document(**front_matter)), NOW)
    assert bool(knowledge.passages(session, ["ferry-rules/1"], on=on)) is holds
    assert bool(knowledge.passages_in_force(session, on=on)) is holds


def test_a_document_that_is_not_in_force_can_still_be_read(session: Session) -> None:
    ingest(session, make_corpus(make_document(status="repealed")), NOW)
    assert len(knowledge.outline(session, "ferry-rules")) == 2


def test_a_passage_read_before_is_gone_the_moment_it_is_no_longer_in_force(loaded_engine: Engine) -> None:
    sessions = session_factory(loaded_engine, shared_shelf())
    with sessions() as session:
        assert knowledge.passage(session, f"{PLAN}/2.6.7", on=TODAY)
    with sessions.begin() as session:
        session.execute(update(Edition).values(superseded_at=NOW))
    with sessions() as session, pytest.raises(NotFound):
        knowledge.passage(session, f"{PLAN}/2.6.7", on=TODAY)


@pytest.mark.parametrize(
    "read", [knowledge.document, knowledge.document_text, knowledge.outline, knowledge.agency]
)
def test_what_is_not_there_is_not_found(loaded_session: Session, read: object) -> None:
    assert callable(read)
    with pytest.raises(NotFound, match="no-such"):
        read(loaded_session, "no-such")


def test_the_children_of_a_section_are_its_measures(loaded_session: Session) -> None:
    assert [passage.section for passage in knowledge.children(loaded_session, PLAN, "2.5")] == [
        "2.5.1",
        "2.5.2",
        "2.5.3",
    ]
    assert knowledge.children(loaded_session, PLAN, "2.5.1") == []


def test_the_measures_of_an_agency_are_all_that_name_it_in_order(loaded_session: Session) -> None:
    mentions = knowledge.passage(loaded_session, f"{PLAN}/2.6.4", on=TODAY).agencies
    measures = knowledge.measures_of(loaded_session, mentions[0].agency.id, on=TODAY)
    assert [measure.section for measure in measures] == ["2.2.8", "2.4.4", "2.6.3", "2.6.4"]
    assert knowledge.measures_of(loaded_session, mentions[0].agency.id, on=date(2024, 4, 29)) == []


def test_measures_name_their_agencies_in_the_order_of_the_text(loaded_session: Session) -> None:
    passage = knowledge.passage(loaded_session, f"{PLAN}/2.2.3", on=TODAY)
    assert [mention.name for mention in passage.agencies] == ["廈門海關", "港務集團", "遠海碼頭"]


def test_articles_stand_in_the_order_of_the_text_not_of_their_numbers_as_letters(session: Session) -> None:
    articles = ["渡口开放。", *(f"第{number}件事。" for number in range(2, 13))]
    ingest(session, make_corpus(make_document(articles=articles)), NOW)
    sections = [passage.section for passage in knowledge.passages_in_force(session, on=TODAY)]
    assert sections == [str(number) for number in range(1, 13)]


def test_passages_once_read_take_one_query_and_the_first_reading_a_handful(loaded_engine: Engine) -> None:
    sessions = session_factory(loaded_engine, shared_shelf())
    with sessions() as session, _queries(loaded_engine) as first:
        knowledge.outline(session, PLAN)
    with sessions() as session, _queries(loaded_engine) as second:
        knowledge.passages(session, [f"{PLAN}/2.2.{number}" for number in range(1, 10)], on=TODAY)
    assert len(first) <= 5
    assert len(second) == 1


def test_a_session_that_read_before_an_ingest_does_not_shelve_what_is_old(engine: Engine) -> None:
    sessions = session_factory(engine, shared_shelf())
    with sessions.begin() as session:
        ingest(session, make_corpus(make_document("a"), make_document("b")), NOW)
    with sessions() as reader:
        held = reader.get_one(Agency, FERRY.id)
        reader.commit()
        with sessions.begin() as session:
            renamed = replace(FERRY, aliases=("摆渡办",))
            ingest(session, make_corpus(make_document("a"), make_document("b"), agencies=[renamed]), NOW)
        named = knowledge.outline(reader, "a")[0].agencies[0].agency
    assert (held.id, named.aliases) == (FERRY.id, ("摆渡办",))


def test_a_full_shelf_still_serves_everything(loaded_engine: Engine) -> None:
    with session_factory(loaded_engine, shared_shelf(room=5))() as session:
        whole = knowledge.outline(session, PLAN)
        assert knowledge.outline(session, PLAN) == whole
        assert [knowledge.passage(session, view.id, on=TODAY) for view in whole[:9]] == whole[:9]


def test_a_shelf_forgets_when_it_is_full(loaded_session: Session) -> None:
    first, second = knowledge.outline(loaded_session, PLAN)[:2]
    places = [Place(first.id, "edition", None), Place(second.id, "edition", None)]
    shelf = Shelf(room=1)
    shelf.keep({places[0]: first})
    shelf.keep({places[1]: second})
    assert shelf.find(places) == {places[1]: second}


class TestCitations:
    @pytest.fixture
    def passage(self, loaded_session: Session) -> PassageView:
        return knowledge.passage(loaded_session, f"{PLAN}/2.6.7", on=TODAY)

    def test_a_verbatim_quotation_stands(self, passage: PassageView) -> None:
        start = passage.start + passage.text.index("發揮商協會作用")
        knowledge.verify_citation(passage, start, start + 7, "發揮商協會作用", passage.sha256)

    def test_other_words_break_it(self, passage: PassageView) -> None:
        start = passage.start + passage.text.index("發揮商協會作用")
        with pytest.raises(CitationBroken, match="quotation"):
            knowledge.verify_citation(passage, start, start + 7, "发挥商协会作用", passage.sha256)

    def test_a_span_outside_the_passage_breaks_it(self, passage: PassageView) -> None:
        with pytest.raises(CitationBroken, match="outside"):
            knowledge.verify_citation(passage, passage.start - 1, passage.end, passage.text, passage.sha256)

    def test_an_empty_quotation_breaks_it(self, passage: PassageView) -> None:
        with pytest.raises(CitationBroken, match="outside"):
            knowledge.verify_citation(passage, passage.start, passage.start, "", passage.sha256)

    def test_the_digest_of_another_text_breaks_it(self, passage: PassageView) -> None:
        with pytest.raises(CitationBroken, match="digested"):
            knowledge.verify_citation(passage, passage.start, passage.end, passage.text, "0" * 64)

    def test_words_changed_in_the_database_break_it(self, loaded_session: Session) -> None:
        text = knowledge.document_text(loaded_session, PLAN)
        loaded_session.execute(update(Edition).values(text=text.replace("回復速度", "回复速度")))
        passage = knowledge.passage(loaded_session, f"{PLAN}/2.6.7", on=TODAY)
        with pytest.raises(CitationBroken, match="digested"):
            knowledge.verify_citation(passage, passage.start, passage.end, passage.text, passage.sha256)

    def test_a_view_with_other_words_breaks_it(self, passage: PassageView) -> None:
        changed = replace(passage, text=passage.text.replace("質量", "品質"))
        with pytest.raises(CitationBroken, match="digested"):
            knowledge.verify_citation(changed, passage.start, passage.end, changed.text, passage.sha256)


def test_views_outlive_their_session(loaded_engine: Engine) -> None:
    with session_factory(loaded_engine)() as session:
        passage = knowledge.passage(session, f"{PLAN}/2.2.3", on=TODAY)
    assert passage.document.issued_on == date(2024, 4, 30)
    assert passage.agencies[0].agency.name_hans == "厦门海关"


def test_members_of_a_collective_are_known_by_id(session: Session) -> None:
    everyone = replace(FERRY, id="members", name_hans="各成员单位", collective=True, members=(FERRY.id,))
    ingest(session, make_corpus(make_document(), agencies=[FERRY, everyone]), NOW - timedelta(days=1))
    assert knowledge.agency(session, "members").members == (FERRY.id,)


@contextmanager
def _queries(engine: Engine) -> Iterator[list[str]]:
    """The queries that read while the block runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
