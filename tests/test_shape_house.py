"""Closed lists stay closed: routes, errors, statuses, wordings, data files, and what no file may say."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.answer import Reason, Status
from bot.question.patterns import compiled, data
from bot.question.sorts.screening import Screened
from bot.question.sorts.smalltalk import Talk
from bot.question.structure.conditions import Match, Wanted
from bot.question.wishes.wants import Want
from bot.words.wording import wordings
from indexer.text.folding import folded_text
from indexer.text.phrases import parse_phrases
from web.app import create_app
from web.cli.asking.card import _HEADLINES
from web.portal.asking.answer_view import BADGES
from web.request.visit import front_desk_of
from web.settings import Settings

ROOT = Path(__file__).parent.parent
BOT_DATA = sorted((ROOT / "bot" / "data").glob("*.toml"))
PATTERN_FILES = [path for path in BOT_DATA if path.name not in {"wording.toml", "confidence.toml"}]
ROLES = ("sole", "joint", "collective", "lead")

# Open to everybody, each for a reason: what is private takes a code, this browser's signed cookie or a role
# (tests/test_web_console_access.py). A new route fails the test until somebody has decided which it is.
PUBLIC = {
    ("GET", "/"),
    ("POST", "/ask"),
    ("GET", "/documents"),
    ("GET", "/documents/<document_id>"),
    ("GET", "/documents/<document_id>/changes"),
    ("GET", "/agencies"),
    ("GET", "/agencies/<agency_id>"),
    ("GET", "/tickets"),
    ("GET", "/api/v1/docs"),
    ("GET", "/api/v1/openapi.json"),
    ("POST", "/api/v1/chat"),
    ("GET", "/api/v1/documents"),
    ("GET", "/api/v1/documents/<document_id>"),
    ("GET", "/api/v1/documents/<document_id>/editions"),
    ("GET", "/api/v1/documents/<document_id>/changes"),
    ("GET", "/api/v1/documents/<document_id>/text"),
    ("GET", "/api/v1/documents/<document_id>/passages"),
    ("GET", "/api/v1/passages/<path:passage_id>"),
    ("GET", "/api/v1/measures"),
    ("GET", "/api/v1/agencies"),
    ("GET", "/api/v1/agencies/<agency_id>"),
    ("GET", "/api/v1/hotlines"),
    ("GET", "/healthz/live"),
    ("GET", "/healthz/ready"),
    ("GET", "/metrics"),
    ("GET", "/static/<path:filename>"),
    ("GET", "/bootstrap/static/<path:filename>"),
}
# Open to whoever holds an id that cannot be guessed (a UUID given in the answer).
BY_UNGUESSABLE_ID = {
    ("GET", "/conversations/<conversation_id>"),
    ("GET", "/conversations/<conversation_id>/answers/<message_id>"),
    ("POST", "/answers/<message_id>/feedback"),
    ("POST", "/api/v1/feedback"),
}
# Open to whoever has the ticket's access code, now (API, look-up) or before in this browser (pages).
BY_ACCESS_CODE = {
    ("POST", "/tickets"),
    ("GET", "/tickets/<number>"),
    ("POST", "/tickets/<number>/contact"),
    ("GET", "/api/v1/tickets/<number>"),
    ("POST", "/api/v1/tickets/<number>/contact"),
    *(
        ("POST", f"{door}/tickets/<number>/{act}")
        for door in ("", "/api/v1")
        for act in ("join", "rating", "supplement", "deletion")
    ),
}
# Open to who is not signed in, because it is where one signs in.
SIGN_IN = {("GET", "/console/sign-in"), ("POST", "/console/sign-in")}


OUT_OF_SCOPE = {"scope_elsewhere", *(f"scope_{row['id']}" for row in data("scope")["matter"])}


class TestRoutes:
    def test_every_route_is_public_on_purpose(self, initialised_home: Path) -> None:
        app = create_app(Settings(home=initialised_home))
        front_desk_of(app).engine.dispose()
        routes = {
            (method, rule.rule)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }
        by_role = {route for route in routes if route[1].startswith("/console")} - SIGN_IN

        assert routes == PUBLIC | BY_UNGUESSABLE_ID | BY_ACCESS_CODE | SIGN_IN | by_role
        assert by_role

    def test_every_view_of_the_console_says_which_roles_it_is_for(self, initialised_home: Path) -> None:
        app = create_app(Settings(home=initialised_home))
        front_desk_of(app).engine.dispose()
        views = {name: view for name, view in app.view_functions.items() if name.startswith("console.")}

        assert [name for name, view in views.items() if not hasattr(view, "roles")] == []
        assert {name for name, view in views.items() if not view.roles} == {
            "console.sign_in",
            "console.enter_console",
        }


class TestStatuses:
    def test_every_status_has_a_badge_a_style_and_a_headline(self) -> None:
        css = (ROOT / "web" / "static" / "css" / "components.css").read_text(encoding="utf-8")

        assert set(BADGES) == set(Status)
        assert set(_HEADLINES) == set(Status)
        assert [tone for _, tone in BADGES.values() if f".status-{tone}" not in css] == []

    def test_every_reason_is_worded(self) -> None:
        worded_by_kind = {
            Reason.INPUT_REJECTED: {*Screened},
            Reason.PERSONAL_DATA: {"only_personal_data"},
            Reason.OUT_OF_SCOPE: OUT_OF_SCOPE,
        }
        keys = {str(key) for reason in Reason for key in worded_by_kind.get(reason, {reason})}

        assert keys - wordings().keys() == set()


class TestWordings:
    def test_both_languages_say_it_with_the_same_gaps(self) -> None:
        said = wordings()

        assert [key for key in said if set(said[key]) != {"zh", "en"}] == []
        assert [key for key in said if gaps(said[key]["zh"]) != gaps(said[key]["en"])] == []

    def test_every_wording_is_used(self) -> None:
        said = {
            *constants(ROOT / "bot"),
            *Status, *Reason, *Screened, *Talk,
            *(f"{start}_{role}" for start in ("agencies", "responsible") for role in ROLES),
            *OUT_OF_SCOPE,
            *(f"reckoned_{wanted}" for wanted in Wanted), "reckoned_agencies_whole",
            *(f"condition_{match}_several" for match in Match),
            *(f"joined_by_{joint}" for joint in ("and", "or")),
            *(f"way_{want}" for want in Want),
        }  # fmt: skip

        assert wordings().keys() - said == set()

    def test_every_wording_named_in_the_code_exists(self) -> None:
        named = {
            word for path in (ROOT / "bot").rglob("*.py") for word in words_named(ast.parse(path.read_text()))
        }

        assert named
        assert named - wordings().keys() == set()

    def test_every_sentence_is_simplified_and_ends(self) -> None:
        for key, sentence in wordings().items():
            assert sentence["zh"] == sentence["zh"].strip(), key
            assert sentence["en"] == sentence["en"].strip(), key


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def constants(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def words_named(tree: ast.AST) -> Iterator[str]:
    """Keys given as ``words="…"`` and as second argument of ``_say``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "words"]
        if isinstance(node.func, ast.Name) and node.func.id == "_say":
            named.append(node.args[1])
        yield from (value.value for value in named if isinstance(value, ast.Constant) and value.value)


class TestData:
    def test_no_list_of_the_bot_holds_a_blank_or_the_same_twice(self) -> None:
        lists = list(lists_in(BOT_DATA))

        assert [where for where, words in lists if not all(word.strip() for word in words)] == []
        assert [where for where, words in lists if sorted(words) != sorted(set(words))] == []

    def test_every_pattern_compiles_and_can_match_folded_text(self) -> None:
        unfolded = [
            (where, pattern.pattern)
            for where, words in lists_in(PATTERN_FILES)
            for pattern in compiled(words)
            for han in ["".join(re.findall(r"[\u3400-\u9fff]", pattern.pattern))]
            if folded_text(han) != han
        ]

        assert unfolded == []

    def test_the_question_phrases_are_a_list_without_doubles(self) -> None:
        lines = (ROOT / "indexer" / "data" / "question_phrases.txt").read_text(encoding="utf-8").splitlines()

        assert parse_phrases(lines)


def lists_in(files: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """Every list of strings in these files with its place: ``particulars.toml particular.3.asked``."""
    for path in files:
        for where, words in lists_of_text(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield f"{path.name} {where}", words


def lists_of_text(value: Any, where: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of strings in a TOML document with its place, such as ``particular.3.asked``."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from lists_of_text(item, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from lists_of_text(item, f"{where}.{number}")


IGNORED = {".git", ".venv", "var", "build", "dist", "images", "__pycache__"}
TEXTS = sorted(
    path
    for path in ROOT.rglob("*")
    if path.is_file()
    and path != Path(__file__)  # which names what it looks for
    and not set(path.relative_to(ROOT).parts) & IGNORED
    and not any(
        part.endswith(("_cache", ".egg-info")) or part in {".hypothesis", ".benchmarks"}
        for part in path.relative_to(ROOT).parts
    )
    and path.suffix not in {".png", ".ico", ".woff2", ".npz"}
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|npmjs|mirrors?\.[\w-]+\.\w+|(?<!no-emit-)(?:extra-)?index-url|\w/simple\b"
)
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work)/\w")


class TestTree:
    def test_no_file_holds_an_open_end_a_registry_or_a_machine(self) -> None:
        found = [
            (str(path.relative_to(ROOT)), match[0])
            for path in TEXTS
            for text in [path.read_text(encoding="utf-8")]
            for pattern in (UNFINISHED, REGISTRY, MACHINE_PATH)
            for match in pattern.finditer(text)
        ]

        assert found == []
