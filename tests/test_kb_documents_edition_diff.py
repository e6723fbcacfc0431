"""What a new edition changed, and what of ours that touches."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answer import Answer, Citation, Status
from kb import conversations
from kb.casework import drafts, publishing, triage
from kb.casework.drafts import DraftText
from kb.comparison.edition_diff import compare_editions, documents_in_editions, editions_to_compare
from kb.comparison.edition_touches import touched_by
from kb.corpus.folder import SourceVariant
from kb.documents import knowledge
from kb.documents.editions import document_digest, update_editions
from kb.documents.ingest import ingest
from kb.errors import NotFound
from kb.replies.reply_citations import Span
from kb.store.tables.documents import LegalBasis
from tests.corpora import make_corpus, make_document
from tests.staff import CUSTOMS, Office, ask

DAY = date(2026, 11, 23)
KEPT = "渡口应当在每日六时以前开放，并公布当日的班次和票价，遇有大风大雾可以停航。"
MOVED = "渡船应当配备救生衣和通信设备，每年检验一次，未经检验的不得载客。"
AMENDED = "违反本法规定，未按时开放渡口的，由渡口办责令改正，处五百元以上一千元以下罚款。"


@pytest.fixture
def two_editions(session, now):
    old = make_document(
        "ferry-law", (KEPT, "旧的一条将被删去，全文如此。", MOVED, AMENDED),
        kind="law", edition="2020-01-01", effective_on=date(2020, 1, 1),
    )  # fmt: skip
    new = make_document(
        "ferry-law", (KEPT, MOVED, AMENDED.replace("五百元", "二千元"), "新增的一条，写明了申诉的办法。"),
        kind="law", edition="2026-01-01", effective_on=date(2026, 1, 1),
    )  # fmt: skip
    variants = [
        SourceVariant("ferry-law", "4", "晚开门罚多少", "a", "company"),
        SourceVariant("ferry-law", "1", "几点开门", "a", "company"),
    ]
    ingest(session, make_corpus(old, new, variants=variants), now)
    return session


def test_passages_that_rest_on_a_changed_article_are_touched(two_editions):
    for article in ("ferry-law/1", "ferry-law/4"):
        two_editions.add(LegalBasis(passage_key="ferry-plan/1.1", article_key=article, position=0))
    found = touched_by(two_editions, changes(two_editions)).bases
    assert [(one.passage_id, one.basis_of) for one in found] == [("ferry-law/4", "ferry-plan/1.1")]


def law(edition, *articles):
    made = make_document(
        "ferry-law", articles, kind="law", edition=edition, effective_on=date.fromisoformat(edition)
    )
    return replace(made, nodes=tuple(replace(node, agencies=()) for node in made.nodes))


def put(session, now, *editions):
    """These editions beside what is there."""
    digests = {one.meta.key: document_digest(one) for one in editions}
    update_editions(session, editions, digests, now, origin="ferry")


def changes(session, old="2020-01-01", new="2026-01-01"):
    return compare_editions(session, "ferry-law", old, new, on=DAY)


def record_answer(session, passage, version, now):
    message_id = f"m-{version}"
    quoted = Citation(passage, passage.body, passage.body_start, passage.body_end)
    answer = Answer("c-1", message_id, Status.ANSWERED, None, "", "hans", citations=(quoted,))
    conversations.record_exchange(
        session,
        conversation_id="c-1",
        message_id=message_id,
        question=f"问 {version}",
        payload=answer.as_dict(),
        topic=None,
        locale=None,
        now=now,
    )


def test_articles_are_followed_by_their_words_not_their_numbers(two_editions):
    found = [
        (one.kind, one.before.section if one.before else None, one.after.section if one.after else None)
        for one in changes(two_editions)
    ]
    assert found == [
        ("renumbered", "3", "2"),
        ("changed", "4", "3"),
        ("added", None, "4"),
        ("removed", "2", None),
    ]


def test_variants_of_changed_articles_are_touched_and_no_others(two_editions):
    touched = touched_by(two_editions, changes(two_editions))
    assert [(one.passage_id, one.text) for one in touched.variants] == [("ferry-law/4", "晚开门罚多少")]


def reply_citing(session, now, article):
    """A published reply in force that rests on ``article``."""
    office = Office(session, now)
    kept = ask(session, "晚开门怎么罚", now)
    triage.route(session, office.curator, kept.number, lead=CUSTOMS, joint=[], version=None, now=now)
    text = DraftText("晚开门的罚款", "罚五百元。", (), (Span(article),))
    drafts.submit(session, office.clerk, kept.number, text, version=None, now=now)
    publishing.publish(session, office.approver, kept.number, version=None, now=now)
    return kept.number


def test_replies_that_rest_on_the_old_words_are_touched(loaded_session, now):
    old, new = law("2020-01-01", AMENDED), law("2026-12-01", AMENDED.replace("五百元", "二千元"))
    put(loaded_session, now, old)
    number = reply_citing(loaded_session, now, "ferry-law/1")
    put(loaded_session, now, old, new)

    touched = touched_by(loaded_session, changes(loaded_session, "2020-01-01", "2026-12-01"))

    assert [(one.number, one.passage_id, one.heading, one.state) for one in touched.replies] == [
        (number, "ferry-law/1", "晚开门的罚款", "in_force")
    ]


def test_an_answer_that_quoted_the_old_words_is_touched_and_one_that_quoted_the_new_is_not(two_editions, now):
    for version in ("2020-01-01", "2026-01-01"):
        passage = knowledge.passages_of_edition(two_editions, "ferry-law", version, ["4"], on=DAY)[0]
        record_answer(two_editions, passage, version, now)

    touched = touched_by(two_editions, changes(two_editions))

    assert [one.question for one in touched.answers] == ["问 2020-01-01"]


def test_the_editions_to_compare_are_the_newest_and_the_one_before_unless_named(two_editions):
    old, new = editions_to_compare(two_editions, "ferry-law", on=DAY)
    assert (old.version, new.version) == ("2020-01-01", "2026-01-01")
    for names in ({"new": "2020-01-01"}, {"old": "2026-01-01"}, {"new": "1999-01-01"}):
        with pytest.raises(NotFound):
            editions_to_compare(two_editions, "ferry-law", **names, on=DAY)


def test_only_documents_in_several_editions_are_listed(two_editions):
    listed = documents_in_editions(two_editions, on=DAY)
    assert [[one.version for one in editions] for editions in listed] == [["2026-01-01", "2020-01-01"]]


def test_an_article_written_anew_is_still_the_same_article(session, now):
    before = "国家对进出口货物进行原产地管理。具体办法由国务院规定。"
    after = "国家对进出口货物进行原产地管理。原产地的具体确定，依照有关法律和国务院的规定执行。"
    put(session, now, law("2020-01-01", before), law("2026-12-01", after))
    assert [one.kind for one in changes(session, "2020-01-01", "2026-12-01")] == ["changed"]


def test_an_edition_against_itself_changes_nothing(two_editions):
    assert compare_editions(two_editions, "ferry-law", "2020-01-01", "2020-01-01", on=DAY) == []
