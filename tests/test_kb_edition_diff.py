"""What a new edition changed, and what of ours that touches."""

from datetime import date

import pytest

from kb.corpus import SourceVariant
from kb.edition_diff import compare_editions, touched_by
from kb.ingest import ingest
from tests.corpora import make_corpus, make_document

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


def changes(session):
    return compare_editions(session, "ferry-law", "2020-01-01", "2026-01-01", on=DAY)


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
    assert touched.variants == (("ferry-law/4", "晚开门罚多少"),)


def test_an_edition_against_itself_changes_nothing(two_editions):
    assert compare_editions(two_editions, "ferry-law", "2020-01-01", "2020-01-01", on=DAY) == []
