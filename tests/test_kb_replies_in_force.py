"""Published replies live and die with the clauses they cite, and no ingest touches them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from kb.casework import drafts, publishing, triage
from kb.casework.drafts import DraftText
from kb.corpus.folder import Corpus
from kb.documents import knowledge
from kb.documents.ingest import ingest
from kb.errors import ActRefused, NotAllowed
from kb.replies import replies_in_force
from kb.replies.reply_citations import Span
from tests.corpora import FERRY, make_corpus, make_document
from tests.staff import CUSTOMS, Office, ask


@pytest.fixture
def office(loaded_session: Session, now: datetime) -> Office:
    return Office(loaded_session, now)


@pytest.fixture
def key(loaded_session: Session, office: Office, corpus: Corpus, now: datetime) -> str:
    """A reply that cites the ferry rules."""
    with_rules = replace(
        corpus, documents=(*corpus.documents, make_document()), agencies=(*corpus.agencies, FERRY)
    )
    ingest(loaded_session, with_rules, now)
    number = ask(loaded_session, "渡口几点开", now).number
    triage.route(loaded_session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=now)
    text = DraftText("渡口开放时间", "渡口六点开放。", ("渡口几点开",), (Span("ferry-rules/1"),))
    drafts.submit(loaded_session, office.clerk, number, text, version=None, now=now)
    return publishing.publish(loaded_session, office.approver, number, version=None, now=now)


def in_force(session: Session, key: str, now: datetime) -> bool:
    return bool(knowledge.passages(session, [key], on=now.date()))


def amended(corpus: Corpus) -> Corpus:
    rules = make_document(articles=("渡口每日七时开放。", "行人免费。"))
    return replace(corpus, documents=(*corpus.documents, rules), agencies=(*corpus.agencies, FERRY))


def test_an_ingest_neither_withdraws_a_reply_nor_its_variants(
    loaded_session: Session, key: str, now: datetime
) -> None:
    report = ingest(loaded_session, make_corpus(make_document(), agencies=(FERRY,)), now)

    assert "xiamen-2024-plan" in report.withdrawn
    assert not any(key.startswith(document) for document in report.withdrawn)
    assert in_force(loaded_session, key, now)
    assert "渡口几点开" in knowledge.variants_of(loaded_session, key)


def test_a_reply_is_not_listed_among_the_documents_of_the_corpus(
    loaded_session: Session, key: str, now: datetime
) -> None:
    listed = {one.id for one in knowledge.documents(loaded_session)}
    assert {"xiamen-2024-plan", "ferry-rules"} <= listed
    assert key.partition("/")[0] not in listed
    assert key not in {one.id for one in knowledge.passages_in_force(loaded_session, on=now.date())}
    assert [one.id for one in replies_in_force.passages(loaded_session, on=now.date())] == [key]


def test_when_a_cited_clause_is_amended_the_reply_stands_no_more_and_is_flagged(
    loaded_session: Session, key: str, corpus: Corpus, office: Office, now: datetime
) -> None:
    assert replies_in_force.stands(loaded_session, key, on=now.date())
    ingest(loaded_session, amended(corpus), now)

    assert not replies_in_force.stands(loaded_session, key, on=now.date())
    assert replies_in_force.flag_stale(loaded_session, now=now) == [key]
    assert not in_force(loaded_session, key, now)
    (reply,) = replies_in_force.replies(loaded_session, office.auditor)
    assert (reply.state, reply.state_reason) == ("flagged", "ferry-rules/1")
    assert replies_in_force.flag_stale(loaded_session, now=now) == []


def test_when_a_cited_document_is_withdrawn_the_reply_can_only_be_withdrawn(
    loaded_session: Session, key: str, corpus: Corpus, office: Office, now: datetime
) -> None:
    ingest(loaded_session, corpus, now)
    replies_in_force.flag_stale(loaded_session, now=now)
    (reply,) = replies_in_force.replies(loaded_session, office.approver)

    with pytest.raises(ActRefused):
        replies_in_force.review(loaded_session, office.approver, reply.id, "in_force", now=now)
    replies_in_force.review(loaded_session, office.approver, reply.id, "withdrawn", now=now)
    assert not in_force(loaded_session, key, now)


def test_its_own_approver_puts_it_back_in_force_and_nobody_else(
    loaded_session: Session, key: str, corpus: Corpus, office: Office, now: datetime
) -> None:
    ingest(loaded_session, amended(corpus), now)
    replies_in_force.flag_stale(loaded_session, now=now)
    (reply,) = replies_in_force.replies(loaded_session, office.approver)
    for actor in office.everybody:
        if actor != office.approver:
            with pytest.raises(NotAllowed):
                replies_in_force.review(loaded_session, actor, reply.id, "in_force", now=now)

    replies_in_force.review(loaded_session, office.approver, reply.id, "in_force", now=now)

    assert in_force(loaded_session, key, now)
    assert replies_in_force.flag_stale(loaded_session, now=now) == []


def test_a_reply_ends_with_its_validity(loaded_session: Session, office: Office, now: datetime) -> None:
    number = ask(loaded_session, "过年放假几天", now).number
    triage.route(loaded_session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=now)
    last = (now + timedelta(days=3)).date()
    text = DraftText("放假安排", "放假三天。", expires_on=last)
    drafts.submit(loaded_session, office.clerk, number, text, version=None, now=now)
    key = publishing.publish(loaded_session, office.approver, number, version=None, now=now)

    assert in_force(loaded_session, key, now + timedelta(days=3))
    assert not in_force(loaded_session, key, now + timedelta(days=4))


def test_what_was_published_is_the_regression_set(loaded_session: Session, key: str) -> None:
    assert replies_in_force.questions(loaded_session) == {key: ("渡口几点开", "渡口开放时间")}


def test_a_question_whose_reply_is_flagged_may_be_reopened_at_any_time(
    loaded_session: Session, key: str, corpus: Corpus, office: Office, now: datetime
) -> None:
    number = replies_in_force.replies(loaded_session, office.auditor)[0].number
    much_later = now + timedelta(days=60)
    with pytest.raises(ActRefused):
        triage.reopen(loaded_session, office.curator, number, "再看看", version=None, now=much_later)
    ingest(loaded_session, amended(corpus), now)
    replies_in_force.flag_stale(loaded_session, now=now)

    triage.reopen(loaded_session, office.curator, number, "条款改了", version=None, now=much_later)
