"""References inside a law, as links."""

from datetime import date

from kb.documents import knowledge
from kb.documents.cross_references import cross_references
from kb.documents.ingest import ingest
from tests.corpora import make_corpus, make_document


def links(session, now, text):
    source = make_document("ferry-law", ("首条。", text), kind="law", title="渡口法")
    ingest(session, make_corpus(source), now)
    passage = knowledge.passage(session, "ferry-law/2", on=date(2026, 1, 1))
    found = cross_references(passage, {"渡口法": "ferry-law", "港口法": "port-law"})
    return [(source.text[one.start : one.end], one.document_id, one.section, one.line) for one in found]


def test_articles_of_the_same_law_are_linked_one_by_one(session, now):
    assert links(session, now, "依照本法第十条、第十一条之一和第二十条处罚。") == [
        ("本法第十条", "ferry-law", "10", None),
        ("第十一条之一", "ferry-law", "11-1", None),
        ("第二十条", "ferry-law", "20", None),
    ]


def test_articles_of_another_law_are_linked_where_it_is_here(session, now):
    assert links(session, now, "依照《中华人民共和国港口法》第五条，《航道法》第三条不适用。") == [
        ("《中华人民共和国港口法》第五条", "port-law", "5", None)
    ]


def test_the_paragraph_before_is_linked_by_the_line_it_begins_on(session, now):
    text = "船舶应当：\n（一）停靠；\n（二）申报。\n违反前款的，罚款。"
    assert links(session, now, text) == [("前款", "ferry-law", "2", 1)]


def test_several_paragraphs_before_and_those_of_the_article_itself_are_linked(session, now):
    text = "首款。\n次款：\n（一）项。\n违反前两款或者本条第二款的，罚款；本条第九款不适用。"
    assert links(session, now, text) == [
        ("前两款", "ferry-law", "2", 1),
        ("本条第二款", "ferry-law", "2", 2),
    ]


def test_the_article_before_is_linked(session, now):
    assert links(session, now, "前条所称船舶，包括驳船。") == [("前条", "ferry-law", "1", None)]
