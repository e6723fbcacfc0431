"""Files from outside become documents: every form gives the same law, and papers their paragraphs."""

from datetime import date

import pytest

from kb.intake.raw_files import FileRefused, RawFile
from kb.intake.recognition import Shelfmarks, Told, recognise
from kb.text.agency_registry import AgencyRegistry
from tests.made_files import LAW_LINES, LAW_MARKDOWN, LAW_TEXT, docx_of, html_of, pdf_of
from tests.plans import CORPUS, XIAMEN, XIAMEN_AGENCIES

NOTHING_KNOWN = Shelfmarks({}, AgencyRegistry(()))
FORMS = {
    "law.txt": LAW_TEXT.encode(),
    "law-gbk.txt": LAW_TEXT.encode("gb18030"),
    "law-utf16.txt": LAW_TEXT.encode("utf-16"),
    "law.docx": docx_of(LAW_LINES),
    "law.pdf": pdf_of([LAW_LINES[:4], LAW_LINES[4:]]),
    "law.html": html_of(LAW_LINES),
}


def recognised(name, content, told=None, known=NOTHING_KNOWN):
    return recognise(RawFile(name, content), known, told)


def articles(document):
    return [
        (node.section, document.text[node.body_start : node.body_end])
        for node in document.nodes
        if node.kind == "article"
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_law_is_the_same_in_every_form(name):
    document = recognised(name, FORMS[name])
    assert articles(document) == [
        ("1", "为了规范渡口经营，保障旅客安全，制定本条例。"),
        ("2", "渡口每日六时开放。违反前款规定的，处五百元罚款。"),
        ("3", "本条例自2020年5月1日起施行。"),
    ]
    meta = document.meta
    assert (meta.kind, meta.title, meta.issuer) == ("regulation", "示例渡口条例", "国务院")
    assert (meta.edition, meta.issued_on, meta.effective_on) == (
        "2020-03-01",
        date(2020, 3, 1),
        date(2020, 5, 1),
    )


def test_a_page_that_declares_gb2312_keeps_characters_only_gb18030_has():
    lines = (*LAW_LINES[:3], "第一条 㛃女士和𠮷先生经营渡口。", *LAW_LINES[4:])
    assert "㛃女士和𠮷先生" in recognised("law.html", html_of(lines)).text


def test_navigation_and_scripts_of_a_page_are_left_out():
    text = recognised("law.html", FORMS["law.html"]).text
    assert not any(words in text for words in ("首页", "网站地图", "版权所有", "不要"))


def test_lawrefbook_markdown_gives_title_editions_and_days():
    document = recognised("渡口条例(2019-03-02).md", LAW_MARKDOWN.encode())
    meta = document.meta
    assert (meta.title, meta.edition) == ("中华人民共和国渡口条例", "2019-03-02")
    assert meta.effective_on == date(2019, 3, 2), "an edition is not older than itself"
    assert "#" not in document.text
    assert "INFO END" not in document.text


def test_the_day_in_the_name_is_the_editions():
    document = recognised("渡口条例(2015-01-01).md", LAW_MARKDOWN.encode())
    assert document.meta.edition == "2015-01-01"


def test_a_law_known_by_its_title_keeps_its_id():
    known = Shelfmarks({"渡口条例": "ferry-law"}, AgencyRegistry(()))
    assert recognised("a.md", LAW_MARKDOWN.encode(), known=known).meta.id == "ferry-law"


def test_a_plan_is_recognised_by_measures_that_agencies_answer_for():
    text = XIAMEN.split("---\n", 2)[2]
    document = recognised("plan.txt", text.encode(), known=Shelfmarks({}, XIAMEN_AGENCIES))
    assert document.meta.kind == "plan"
    assert sum(node.kind == "measure" for node in document.nodes) == 39


def test_a_file_with_front_matter_is_what_it_says():
    content = (CORPUS / "documents/xiamen-2024-plan.md").read_bytes()
    assert recognised("x.md", content, known=Shelfmarks({}, XIAMEN_AGENCIES)).meta.id == "xiamen-2024-plan"


def test_what_is_neither_plan_nor_law_becomes_paragraphs_under_headings():
    text = (
        "关于渡口的通知\n2024年5月6日\n一、开放时间\n渡口每日六时开放。\n节假日除外。\n二、收费\n行人免费。\n"
    )
    document = recognised("notice.txt", text.encode())
    assert document.meta.kind == "document"
    cited = [(node.section, node.label, node.heading) for node in document.nodes if node.kind == "paragraph"]
    assert cited == [
        ("1", "第1段", None),
        ("2", "第2段", "一、开放时间"),
        ("3", "第3段", "一、开放时间"),
        ("4", "第4段", "二、收费"),
    ]


def test_a_code_in_a_file_for_each_part_is_as_many_documents():
    parts = [recognised(f"{part}.md", _part(part, number)) for number, part in ((1, "总则"), (4, "合同编"))]
    assert [part.meta.title for part in parts] == ["中华人民共和国民法典总则", "中华人民共和国民法典合同编"]
    assert len({part.meta.key for part in parts}) == 2


def _part(name: str, first: int) -> bytes:
    head = f"# 中华人民共和国民法典\n\n# {name}\n\n2021年1月1日 施行\n\n<!-- INFO END -->\n\n"
    return (head + "".join(f"第{first + at}条 当事人应当守信。\n\n" for at in range(2))).encode()


def test_in_a_collection_of_laws_a_text_without_articles_is_no_paper_of_the_citys():
    text = "# 罪名规定\n\n2021年1月1日 最高人民法院\n\n<!-- INFO END -->\n\n一、走私罪。\n\n二、其他。\n"
    found = recognised("罪名(2021-01-01).md", text.encode())
    assert found.meta.kind == "regulation"
    plain = text.replace("<!-- INFO END -->\n\n", "")
    assert recognised("罪名(2021-01-01).md", plain.encode()).meta.kind == "document"


def test_what_the_operator_says_goes_before_what_is_read():
    told = Told("ferry-notice", "渡口通知", "渡口办", date(2026, 1, 2))
    meta = recognised("n.txt", "某通知\n没有日期的一段话。\n".encode(), told).meta
    assert (meta.id, meta.title, meta.issuer, meta.issued_on) == (
        "ferry-notice", "渡口通知", "渡口办", date(2026, 1, 2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("n.txt", "某通知\n没有日期的一段话。\n".encode(), "--issued-on"),
        ("scan.pdf", pdf_of([(), ()]), "scan"),
        ("law.pdf", b"%PDF-1.7 nothing", "cannot be opened"),
        ("law.docx", b"PK\x03\x04 broken", "not a whole Word file"),
        ("law.doc", b"\xd0\xcf\x11\xe0", "no form we read"),
        ("law.txt", b"\xff\x00\xff\xff", "encoding"),
        ("law.txt", b"", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(FileRefused, match=reason):
        recognised(name, content)
