"""The console's own words: every text has English, and every English belongs to a text."""

import re
from pathlib import Path

from jinja2 import Environment, nodes

from kb.casework.access import Act
from kb.casework.joining import JOINED
from kb.notices.notices import KINDS as NOTICES
from kb.tickets.audit import ERASED
from kb.tickets.clocks import EXTENDED, REOPENED
from kb.tickets.erasure import WITHDRAWN
from kb.tickets.ticket_rows import KEPT
from kb.tickets.tickets import MOVED
from web.console.casework import inbox_page, outbox, ticket_page
from web.console.knowledge import replies, routes
from web.console.messages import ENGLISH, translate_console
from web.portal.messages import ENGLISH as PORTAL_ENGLISH
from web.worker.notice_words import WORDED

TEMPLATES = Path(__file__).parent.parent / "web" / "templates" / "console"


def texts_in_templates():
    environment = Environment(autoescape=True)
    for path in TEMPLATES.iterdir():
        for call in environment.parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                yield from (text.value for text in call.find_all(nodes.Const) if is_chinese(text.value))


def is_chinese(value):
    return isinstance(value, str) and re.search(r"[\u4e00-\u9fff]", value)


def texts_in_modules():
    yield from inbox_page.PLACES.values()
    yield from inbox_page.DUES.values()
    yield from ticket_page.ACTIONS.values()
    yield from ticket_page.CLOCK_WORDS.values()
    yield from ticket_page.CLOCK_STATES
    yield from outbox.KINDS.values()
    yield from routes.STATES.values()
    yield from replies.STATES.values()
    for path in Path(ticket_page.__file__).parents[1].rglob("*.py"):
        yield from re.findall(r'translate_console\(\s*locale,\s*"([^"]+)"', path.read_text())


def test_every_text_has_english_here_or_in_the_portals_list():
    texts = {*texts_in_templates(), *texts_in_modules()}

    assert sorted(texts - ENGLISH.keys() - PORTAL_ENGLISH.keys()) == []


def test_no_english_is_left_over_and_none_is_said_twice():
    used = {*texts_in_templates(), *texts_in_modules()}
    python = "".join(path.read_text() for path in Path(ticket_page.__file__).parents[1].rglob("[!m]*.py"))

    assert [text for text in ENGLISH if text not in used and f'"{text}"' not in python] == []
    assert sorted(ENGLISH.keys() & PORTAL_ENGLISH.keys()) == []


def test_a_translation_fills_the_same_gaps_as_its_source():
    gap = re.compile(r"\{(\w+)\}")
    for source, english in ENGLISH.items():
        assert sorted(gap.findall(source)) == sorted(gap.findall(english)), source


def test_no_chinese_stands_in_a_template_outside_of_t():
    literal = re.compile(r"""t\((?:"[^"]*"|'[^']*')|\{#.*?#\}""", re.DOTALL)
    for path in TEMPLATES.iterdir():
        rest = literal.sub("", path.read_text())
        rest = re.sub(r'else t\("[^"]*"\)', "", rest)
        assert re.findall(r"[\u4e00-\u9fff]+", rest) == [], path.name


def test_every_kind_of_event_has_words():
    kinds = {KEPT, MOVED, JOINED, EXTENDED, REOPENED, WITHDRAWN, ERASED, "supplement", *map(str, Act)}

    assert kinds - {"extend", "reopen"} == set(map(str, ticket_page.ACTIONS))


def test_every_kind_of_notice_has_words():
    assert set(NOTICES) == WORDED == outbox.KINDS.keys()


def test_the_console_speaks_three_languages():
    assert translate_console("zh-Hant", "收件箱") == "收件箱"
    assert translate_console("zh-Hant", "退回") == "退回"
    assert translate_console("zh-Hant", "审核并发布") == "審核併發佈" or "審核" in translate_console(
        "zh-Hant", "审核并发布"
    )
    assert translate_console("en", "{count} 人同问", count=4) == "asked by 4"
