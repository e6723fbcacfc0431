"""The pages' own words: every text has English, and every English belongs to a text."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from web.portal.asking.answer_view import BADGES
from web.portal.clauses import ROLE_LABELS
from web.portal.knowledge.agency_pages import CONTACT_LABELS
from web.portal.knowledge.changes_page import KINDS
from web.portal.knowledge.document_page import STATUS_WORDS
from web.portal.messages import ENGLISH, translate

TEMPLATES = Path(__file__).parent.parent / "web" / "templates"
OURS = [
    "base.html",
    "error.html",
    *sorted(f"portal/{path.name}" for path in (TEMPLATES / "portal").iterdir()),
]
NAMES_OF_FACTS = ("发文单位", "文号", "通过日期", "发文日期", "施行日期", "停止施行", "效力", "来源")


def texts_in_templates():
    """Every literal handed to ``t``, by way of the parsed template rather than of its look."""
    environment = Environment(autoescape=True)
    for name in OURS:
        tree = environment.parse((TEMPLATES / name).read_text())
        for call in tree.find_all(nodes.Call):
            named = isinstance(call.node, nodes.Name) and call.node.name == "t"
            if named and isinstance(call.args[0], nodes.Const):
                yield call.args[0].value


def texts_from_modules():
    yield from (words for words, _ in BADGES.values() if words)
    yield from ROLE_LABELS.values()
    yield from STATUS_WORDS.values()
    yield from CONTACT_LABELS.values()
    yield from KINDS.values()
    yield from NAMES_OF_FACTS


def all_texts():
    return {*texts_in_templates(), *texts_from_modules()}


def test_every_text_on_the_pages_has_english():
    assert sorted(all_texts() - ENGLISH.keys()) == []


def test_no_english_is_left_over_from_a_text_that_is_gone():
    assert sorted(ENGLISH.keys() - all_texts()) == []


def test_a_translation_fills_the_same_gaps_as_its_source():
    gap = re.compile(r"\{(\w+)\}")
    for source, english in ENGLISH.items():
        assert sorted(gap.findall(source)) == sorted(gap.findall(english)), source


def test_no_chinese_stands_in_a_template_outside_of_t():
    literal = re.compile(r"""t\((?:"[^"]*"|'[^']*')|\{#.*?#\}""", re.DOTALL)
    for name in OURS:
        rest = literal.sub("", (TEMPLATES / name).read_text())
        # 效力 is compared with, never shown.
        assert re.findall(r"[\u4e00-\u9fff]+", rest.replace('"效力"', "")) == [], name


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-Hans", "责任单位"), ("zh-Hant", "責任單位"), ("en", "Agencies")]
)
def test_a_text_is_worded_in_the_language_of_the_page(locale, words):
    assert translate(locale, "责任单位") == words


def test_gaps_are_filled_after_translation():
    assert translate("en", "可引用的条款 {count} 条", count=39) == "39 clauses to cite"
