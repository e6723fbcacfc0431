"""Taking a corpus in: what changed is written, what did not is left alone, what was is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from kb.corpus.folder import Corpus, SourceAgency, SourceConcept, SourceVariant
from kb.documents import knowledge
from kb.documents.curated_rows import Difference
from kb.documents.ingest import ingest
from kb.errors import NotFound
from kb.store.db import session_factory
from kb.store.tables.agencies import Agency
from kb.store.tables.documents import Concept, Edition, Passage, QuestionVariant
from kb.store.tables.questions import Answer, AnswerCitation, Conversation, Question
from tests.corpora import FERRY, make_corpus, make_document
from tests.databases import NOW

LATER = NOW + timedelta(days=1)
TODAY = date(2026, 11, 23)


def test_a_new_document_is_added_with_its_passages_and_agencies(session: Session) -> None:
    document = make_document()
    report = ingest(session, make_corpus(document), NOW)

    assert (report.added, report.changed, report.unchanged, report.withdrawn) == (
        ("ferry-rules",),
        (),
        (),
        (),
    )
    assert report.agencies == Difference(added=1)
    assert knowledge.document_text(session, "ferry-rules") == document.text
    first, second = knowledge.outline(session, "ferry-rules")
    assert (first.id, first.text) == ("ferry-rules/1", "第1条 渡口每日六时开放。")
    assert [(mention.agency.id, mention.name, mention.role) for mention in first.agencies] == [
        (FERRY.id, "渡口", "sole")
    ]
    assert second.agencies == ()


def test_the_same_corpus_again_writes_nothing(engine: Engine) -> None:
    corpus = make_corpus(make_document(), variants=[_variant("几点开")], concepts=[_concept("open", "开放")])
    with session_factory(engine).begin() as session:
        ingest(session, corpus, NOW)

    with session_factory(engine).begin() as session, _writes(engine) as written:
        report = ingest(session, corpus, LATER)

    assert not report
    assert report.unchanged == ("ferry-rules",)
    assert written == []


def test_a_changed_text_makes_a_new_edition_and_supersedes_the_old(session: Session) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    report = ingest(session, make_corpus(make_document(articles=["渡口每日七时开放。"])), LATER)

    assert report.changed == ("ferry-rules",)
    assert [
        (row.ordinal, row.superseded_at) for row in session.scalars(select(Edition).order_by(Edition.ordinal))
    ] == [
        (1, LATER),
        (2, None),
    ]
    assert [passage.text for passage in knowledge.outline(session, "ferry-rules")] == [
        "第1条 渡口每日七时开放。"
    ]
    assert knowledge.document(session, "ferry-rules").edition == 2
    with pytest.raises(NotFound, match="ferry-rules/2"):
        knowledge.passage(session, "ferry-rules/2", on=TODAY)


def test_old_editions_keep_their_text_and_passages(session: Session) -> None:
    before = make_document()
    ingest(session, make_corpus(before), NOW)
    ingest(session, make_corpus(make_document(articles=["渡口每日七时开放。"])), LATER)

    old = session.scalars(select(Edition).where(Edition.ordinal == 1)).one()
    assert old.text == before.text
    assert len(old.passages) == 2


@pytest.mark.parametrize(
    "front_matter",
    [{"title": "渡口新规则"}, {"expires_on": date(2030, 1, 1)}, {"status": "repealed"}, {"number": "1号"}],
)
def test_a_changed_front_matter_is_a_new_edition(session: Session, front_matter: dict[str, object]) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    report = ingest(session, make_corpus(make_document(**front_matter)), LATER)
    assert report.changed == ("ferry-rules",)


def test_the_same_text_read_differently_is_a_new_edition(session: Session) -> None:
    document = make_document()
    ingest(session, make_corpus(document), NOW)
    reread = replace(document, nodes=(replace(document.nodes[0], agencies=()), document.nodes[1]))
    assert ingest(session, make_corpus(reread), LATER).changed == ("ferry-rules",)
    assert knowledge.outline(session, "ferry-rules")[0].agencies == ()


def test_a_document_whose_file_is_gone_is_withdrawn(session: Session) -> None:
    ingest(session, make_corpus(make_document("a"), make_document("b")), NOW)
    report = ingest(session, make_corpus(make_document("b")), LATER)

    assert (report.withdrawn, report.unchanged) == (("a",), ("b",))
    assert [document.id for document in knowledge.documents(session)] == ["b"]
    assert session.scalars(select(Edition.withdrawn_at).where(Edition.document_id == "a")).one() == LATER


def test_a_withdrawn_document_can_come_back_as_a_later_edition(session: Session) -> None:
    for documents in ([make_document("a")], [make_document("b")], [make_document("a")]):
        report = ingest(session, make_corpus(*documents), NOW)
    assert report.added == ("a",)
    assert knowledge.document(session, "a").edition == 2


def test_a_change_to_one_document_leaves_the_rows_of_others_alone(session: Session) -> None:
    ingest(session, make_corpus(make_document("a"), make_document("b")), NOW)
    untouched = session.scalars(select(Edition.id).where(Edition.document_id == "b")).all()
    ingest(session, make_corpus(make_document("a", ["渡口关闭。"]), make_document("b")), LATER)
    assert session.scalars(select(Edition.id).where(Edition.document_id == "b")).all() == untouched


def test_what_was_answered_stays_as_it_was_shown(session: Session) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    _record_answer(session, knowledge.passage(session, "ferry-rules/1", on=TODAY))

    ingest(session, make_corpus(make_document(articles=["渡口每日七时开放。"])), LATER)
    ingest(session, make_corpus(make_document("other")), LATER)

    session.expire_all()
    shown = session.scalars(select(AnswerCitation)).one()
    assert (shown.passage_key, shown.quote) == ("ferry-rules/1", "渡口每日六时开放。")


def test_curated_words_follow_the_corpus_by_difference(session: Session) -> None:
    before = make_corpus(
        make_document(),
        variants=[_variant("几点开"), _variant("几点关")],
        concepts=[_concept("open", "开放"), _concept("closed", "关闭")],
    )
    after = make_corpus(
        make_document(),
        variants=[_variant("几点开", author="b"), _variant("周末开吗")],
        concepts=[_concept("open", "开放", "营业")],
    )
    ingest(session, before, NOW)
    report = ingest(session, after, LATER)

    assert report.variants == Difference(added=1, changed=1, removed=1)
    assert report.concepts == Difference(added=0, changed=1, removed=1)
    assert knowledge.variants_of(session, "ferry-rules/1") == ("几点开", "周末开吗")
    assert [concept.says for concept in knowledge.concepts(session)] == [("营业",)]


def test_the_same_words_by_two_authors_are_one_variant(session: Session) -> None:
    corpus = make_corpus(make_document(), variants=[_variant("几点开"), _variant("几点开", author="b")])
    assert ingest(session, corpus, NOW).variants == Difference(added=1)
    assert session.scalars(select(QuestionVariant.author)).all() == ["a"]


def test_an_agency_that_is_no_longer_listed_is_retired_and_can_return(session: Session) -> None:
    pier = SourceAgency("pier", "码头办", "碼頭辦")
    ingest(session, make_corpus(make_document(), agencies=[FERRY, pier]), NOW)

    assert ingest(session, make_corpus(make_document()), LATER).agencies == Difference(removed=1)
    assert [agency.id for agency in knowledge.agencies(session)] == [FERRY.id]
    assert session.get_one(Agency, "pier").retired_at == LATER
    assert not ingest(session, make_corpus(make_document()), LATER)

    assert ingest(
        session, make_corpus(make_document(), agencies=[FERRY, pier]), LATER
    ).agencies == Difference(changed=1)
    assert knowledge.agency(session, "pier").name_hant == "碼頭辦"


def test_a_new_alias_is_seen_without_a_new_edition(session: Session) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    assert knowledge.outline(session, "ferry-rules")[0].agencies[0].agency.aliases == ("轮渡办",)

    report = ingest(
        session, make_corpus(make_document(), agencies=[replace(FERRY, aliases=("摆渡办",))]), LATER
    )

    assert (report.agencies, report.changed) == (Difference(changed=1), ())
    assert knowledge.outline(session, "ferry-rules")[0].agencies[0].agency.aliases == ("摆渡办",)


def test_every_ingest_that_changes_something_is_a_revision(session: Session) -> None:
    revisions = [knowledge.revision(session)]
    for corpus in (
        make_corpus(make_document()),
        make_corpus(make_document()),
        make_corpus(make_document("b")),
    ):
        ingest(session, corpus, NOW)
        revisions.append(knowledge.revision(session))
    assert revisions == [0, 1, 1, 2]


def test_an_ingest_that_is_rolled_back_leaves_no_trace(session: Session) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    session.commit()
    ingest(
        session,
        make_corpus(make_document(articles=["渡口关闭。"]), agencies=[replace(FERRY, aliases=())]),
        LATER,
    )
    knowledge.outline(session, "ferry-rules")
    session.rollback()

    passages = knowledge.outline(session, "ferry-rules")
    assert passages[0].text == "第1条 渡口每日六时开放。"
    assert passages[0].agencies[0].agency.aliases == ("轮渡办",)
    assert knowledge.revision(session) == 1


def test_two_ingests_at_once_follow_one_another(engine: Engine) -> None:
    with session_factory(engine)() as first:
        ingest(first, make_corpus(make_document()), NOW)
        with session_factory(engine)() as reader:
            assert knowledge.documents(reader) == []
        first.commit()
    with session_factory(engine).begin() as second:
        assert not ingest(second, make_corpus(make_document()), NOW)


def test_many_passages_go_in_with_few_statements(engine: Engine) -> None:
    articles = [f"渡口第{number}号船每日六时开航。" for number in range(2000)]
    with session_factory(engine).begin() as session, _writes(engine) as written:
        ingest(session, make_corpus(make_document(articles=articles)), NOW)
        assert session.scalar(select(func.count()).select_from(Passage)) == 2000
    assert len(written) < 40


def test_the_repository_corpus_goes_in_whole(loaded_session: Session, corpus: Corpus) -> None:
    ids = {document.meta.id for document in corpus.documents}
    assert [document.id for document in knowledge.documents(loaded_session)] == sorted(ids)
    for document in corpus.documents:
        key, version = document.meta.id, document.meta.edition or ""
        assert knowledge.document_text(loaded_session, key, version=version) == document.text
        passages = knowledge.outline(loaded_session, key, version=version)
        assert [passage.section for passage in passages] == [node.section for node in document.nodes]
    assert len(knowledge.agencies(loaded_session)) == len(corpus.agencies)
    assert loaded_session.scalar(select(func.count()).select_from(Concept)) == len(corpus.concepts)


def _variant(text: str, *, author: str = "a") -> SourceVariant:
    return SourceVariant("ferry-rules", "1", text, author, "company")


def _concept(concept_id: str, term: str, *says: str) -> SourceConcept:
    return SourceConcept(concept_id, term, says, "shipping")


def _record_answer(session: Session, passage: knowledge.PassageView) -> None:
    citation = AnswerCitation(
        position=0,
        passage_key=passage.id,
        edition_sha256=passage.document.sha256,
        passage_sha256=passage.sha256,
        label=passage.label,
        heading=passage.heading,
        quote=passage.body,
        start=passage.body_start,
        end=passage.body_end,
    )
    answer = Answer(
        status="answered",
        reason=None,
        confidence=1.0,
        text="六时",
        payload={},
        answered_at=NOW,
        citations=[citation],
    )
    question = Question(
        id="q", position=1, text="几点开", asked_at=NOW, script="hans", locale=None, answer=answer
    )
    session.add(
        Conversation(id="c", started_at=NOW, script="hans", locale=None, topic=None, questions=[question])
    )
    session.flush()


@contextmanager
def _writes(engine: Engine) -> Iterator[list[str]]:
    """The statements that insert, update or delete while the block runs."""
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", note)
