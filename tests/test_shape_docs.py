"""The documentation says what the code does: settings, commands, routes, words, links and examples."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from bot.answer import Reason, Status
from bot.conversation import STEPS
from kb.corpus.folder import load_corpus
from kb.text.front_matter import FrontMatter
from kb.tickets.ticket_states import TicketState
from web.api.contract import ChatAnswer
from web.app import create_app
from web.cli.program import program
from web.errors import BELOW, BY_STATUS, FORM_EXPIRED
from web.exits import ExitCode
from web.request.visit import front_desk_of
from web.settings import PROJECT, Settings, variable

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGES = ("indexer", "kb", "bot", "web")
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
MACHINE_PATHS = ("/api/", "/healthz/", "/metrics")

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?:\[[^\]]*\]\(|<img src=\")([^)\s\"]+)")
CODE = re.compile(r"`([^`\n]+)`")
PRINTS_FIGURES = re.compile(r"`(make bench|guanwen eval FILE|python -m benchmarks\.\w+)`")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


def prose(text: str) -> str:
    """Without fenced blocks: what stands in them is an example and no link."""
    return FENCE.sub("", text)


def table_rows(text: str) -> list[list[str]]:
    """The cells of every table row, without header lines and rulers."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get: lower case, punctuation dropped, spaces to hyphens."""
    headings = HEADING.findall(prose(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what they hold."""

    def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for child in command.list_commands(context):
                yield from walk(f"{name} {child}", command.get_command(context, child))

    return walk("guanwen", program)


@pytest.fixture(scope="module")
def routes(initialised_home: Path) -> Iterator[list[tuple[str, str]]]:
    """Method and rule of every route of the real application."""
    app = create_app(Settings(home=initialised_home))
    yield [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    front_desk_of(app).engine.dispose()


def on_pages(pattern: str) -> set[tuple[str, str]]:
    """What matches on any page, with the page."""
    return {
        (str(page.relative_to(ROOT)), found)
        for page in PAGES
        for found in re.findall(pattern, page.read_text(encoding="utf-8"), re.MULTILINE)
    }


class TestSettings:
    def test_every_setting_stands_in_the_settings_page_with_its_default(self) -> None:
        documented = {row[0].strip("`"): row[1] for row in table_rows(text_of("docs/settings.md"))}

        for name, field in Settings.model_fields.items():
            assert documented.get(variable(name)) == default_as_written(field.default), variable(name)

    def test_no_page_names_a_setting_that_does_not_exist(self) -> None:
        known = {variable(name) for name in Settings.model_fields}

        assert [one for one in on_pages(r"GUANWEN_[A-Z_]*[A-Z]") if one[1] not in known] == []


def default_as_written(default: Any) -> str:
    if default is None:
        return "not set"
    if isinstance(default, Path):
        return f"`{default.relative_to(PROJECT)}`"
    return f"`{default}`"


class TestCommandLine:
    def test_every_command_has_a_section_and_an_example_in_its_help(self) -> None:
        sections = re.findall(r"^#{2,3} `(guanwen[^`]*)`$", text_of("docs/cli.md"), re.MULTILINE)
        examples = {name: getattr(command, "example", "") for name, command in commands()}
        helps = {name: command.get_help(click.Context(command)) for name, command in commands()}

        assert [name for name in examples if name not in sections] == []
        assert [name for name, example in examples.items() if name not in example] == []
        assert [
            (name, line)
            for name, example in examples.items()
            for line in example.splitlines()
            if line not in helps[name]
        ] == []

    def test_every_option_is_described_in_its_section(self) -> None:
        undescribed = [
            (name, option)
            for name, command in commands()
            for param in command.params
            if isinstance(param, click.Option)
            for option in param.opts
            if f"`{option}" not in section_of(name)
        ]

        assert undescribed == []

    def test_every_exit_code_is_listed_and_no_other(self) -> None:
        listed = {
            row[0].strip("`") for row in table_rows(text_of("docs/cli.md")) if row[0].strip("`").isdigit()
        }

        assert listed == {str(int(code)) for code in ExitCode}

    def test_no_page_shows_a_command_that_does_not_exist(self) -> None:
        known = {name for name, _ in commands()}
        shown = re.compile(r"^(?:\w+=\S+ )*(?:\.venv/bin/)?(guanwen [a-z]+)", re.MULTILINE)
        unknown = [
            (page.name, name)
            for page in PAGES
            for name in shown.findall("\n".join(fenced(page.read_text(encoding="utf-8"), "sh")))
            if name not in known
        ]

        assert unknown == []


def section_of(command: str) -> str:
    """What ``docs/cli.md`` says of a command."""
    return re.split(r"^#{2,3} ", text_of("docs/cli.md").split(f"`{command}`\n", 1)[1], flags=re.MULTILINE)[0]


class TestReadme:
    def test_both_languages_show_the_same_commands(self) -> None:
        english, chinese = (fenced(text_of(name), "sh") for name in ("README.md", "README.zh.md"))

        assert english
        assert english == chinese

    def test_every_folder_on_the_map_exists(self) -> None:
        for name in ("README.md", "README.zh.md"):
            mapped = [
                row[0].strip("`") for row in table_rows(text_of(name)) if re.fullmatch(r"`[\w./-]+/`", row[0])
            ]

            assert {"bot/", "corpus/", "indexer/", "kb/", "web/"} <= set(mapped), name
            assert [path for path in mapped if not (ROOT / path).is_dir()] == [], name

    def test_every_make_target_shown_exists(self) -> None:
        targets = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.MULTILINE))
        shown = on_pages(r"(?:^|`)(?:\w+=\S+ )*make ([a-z]+)")

        assert [one for one in shown if one[1] not in targets] == []

    def test_every_figure_names_the_command_that_prints_it(self) -> None:
        table = text_of("README.md").split("## Figures", 1)[1].split("\n## ", 1)[0]
        figures = [row for row in table_rows(table) if row[0] not in {"figure", "---"}]

        assert figures
        assert [row for row in figures if not PRINTS_FIGURES.match(row[-1])] == []

    def test_both_languages_give_the_same_figures(self) -> None:
        english, chinese = (
            [re.findall(r"\d+(?:\.\d+)?", seen) for _, seen, _ in figures_of(text_of(name))]
            for name in ("README.md", "README.zh.md")
        )

        assert english == chinese


def figures_of(readme: str) -> list[list[str]]:
    """The rows of the tables of figures, told by what prints them."""
    rows = [row for row in table_rows(readme) if len(row) == 3]
    return [row for row in rows if PRINTS_FIGURES.match(row[2])]


class TestPages:
    def test_every_link_leads_to_a_file_and_a_heading_that_exist(self) -> None:
        broken = [
            (str(page.relative_to(ROOT)), target)
            for page in PAGES
            for target in LINK.findall(prose(page.read_text(encoding="utf-8")))
            if not re.match(r"[a-z]+:", target) and not leads_somewhere(page, target)
        ]

        assert broken == []

    def test_every_file_of_ours_named_exists(self) -> None:
        named = on_pages(r"(?<![\w./])((?:benchmarks|bot|indexer|kb|tests|web)/[\w/]+\.\w+)")

        assert [one for one in named if not (ROOT / one[1]).is_file()] == []

    def test_the_readme_leads_to_every_page(self) -> None:
        pages = {str(page.relative_to(ROOT)) for page in DOCS.glob("*.md")}

        assert pages <= set(LINK.findall(text_of("README.md")))
        assert pages <= set(LINK.findall(text_of("README.zh.md")))

    def test_every_decision_has_a_date_and_the_three_parts(self) -> None:
        for page in sorted((DOCS / "decisions").glob("*.md")):
            text = page.read_text(encoding="utf-8")

            assert re.search(r"^\d{4}-\d{2}-\d{2}$", text, re.MULTILINE), page.name
            assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], (
                page.name
            )

    def test_the_newest_entry_of_the_changelog_is_this_version(self) -> None:
        version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
        entries = re.findall(r"^## \[([^\]]+)\] - \d{4}-\d{2}-\d{2}$", text_of("CHANGELOG.md"), re.MULTILINE)

        assert entries[0] == version


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    linked = (page.parent / path).resolve() if path else page
    return linked.exists() and (not anchor or anchor in anchors(linked))


class TestApi:
    def test_every_endpoint_is_described_and_every_page_listed(self, routes: list[tuple[str, str]]) -> None:
        page = text_of("docs/api.md")
        shown = set(re.findall(r"`(GET|POST) (/[^`\s]*)`", page))
        own = {(method, rule) for method, rule in routes if "static" not in rule}

        assert own - shown == set()
        assert shown - own == set()

    def test_endpoints_and_pages_stand_in_their_own_sections(self, routes: list[tuple[str, str]]) -> None:
        pages = text_of("docs/api.md").split("## Pages", 1)[1].split("\n## ", 1)[0]
        listed = set(re.findall(r"`(GET|POST) (/[^`\s]*)`", pages))

        assert not {rule for _, rule in listed if rule.startswith(MACHINE_PATHS)}
        assert {
            rule for _, rule in routes if not rule.startswith(MACHINE_PATHS) and "static" not in rule
        } == {rule for _, rule in listed}

    def test_every_error_code_is_listed_with_its_status_and_no_other(self) -> None:
        kinds = [*BELOW.values(), *BY_STATUS.values(), FORM_EXPIRED]
        rows = table_rows(text_of("docs/api.md").split("## Errors", 1)[1].split("\n## ", 1)[0])

        assert {(row[0], row[1].strip("`")) for row in rows if row[0].isdigit()} == {
            (str(kind.status), kind.code) for kind in kinds
        }

    def test_every_value_of_the_contract_is_explained(self) -> None:
        explained = {row[0].strip("`") for row in table_rows(text_of("docs/api.md"))}

        assert [value for value in (*Status, *Reason, *TicketState) if value not in explained] == []

    def test_every_json_example_is_json(self) -> None:
        for page in PAGES:
            for body in fenced(page.read_text(encoding="utf-8"), "json"):
                json.loads(body)

    def test_the_example_answer_is_one_that_the_contract_allows(self) -> None:
        examples = [json.loads(body) for body in fenced(text_of("docs/api.md"), "json")]
        answers = [example for example in examples if "message_id" in example and "citations" in example]

        assert answers
        for answer in answers:
            assert set(answer) == set(ChatAnswer.model_fields)
            ChatAnswer.model_validate(answer)


class TestArchitecturePage:
    def test_it_names_every_step_from_question_to_answer(self) -> None:
        page = text_of("docs/architecture.md")
        steps = {step.__qualname__.partition(".")[0] for step in STEPS}

        assert {step for step in steps if f"`{step}`" not in page} == set()


class TestCorpusPage:
    def test_its_examples_make_a_corpus_that_check_accepts(self, tmp_path: Path) -> None:
        page = text_of("docs/corpus.md")
        (document,), (variants, outside) = fenced(page, "markdown"), fenced(page, "jsonl")
        agencies, hotlines, places, subjects, vocabulary = fenced(page, "toml")
        files = {
            "documents/example-2025-plan.md": document,
            "questions/example-2025-plan.jsonl": variants,
            "outside/example.jsonl": outside,
            "agencies.toml": agencies,
            "hotlines.toml": hotlines,
            "jurisdictions.toml": places,
            "subjects/example-2025-plan.toml": subjects,
            "vocabulary.toml": vocabulary,
        }
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")

        corpus = load_corpus(tmp_path)

        assert [node.section for node in corpus.documents[0].nodes if node.kind == "measure"] == [
            "1.1.1",
            "1.1.2",
            "1.2.1",
        ]
        assert {agency.role for node in corpus.documents[0].nodes for agency in node.agencies} == {
            "joint",
            "lead",
            "collective",
        }

    def test_every_field_of_the_front_matter_is_described(self) -> None:
        described = {row[0].strip("`") for row in table_rows(text_of("docs/corpus.md"))}

        assert {field.name for field in fields(FrontMatter)} <= described


class TestGlossary:
    def test_every_code_word_of_the_glossary_is_in_the_code(self) -> None:
        code = "\n".join(
            path.read_text(encoding="utf-8")
            for package in PACKAGES
            for path in (ROOT / package).rglob("*")
            if path.suffix in {".py", ".toml"}
        )
        used = text_of("docs/glossary.md").split("## Words kept for what comes", 1)[0]
        words = {word for row in table_rows(used) for word in CODE.findall(row[2])}

        assert words
        assert {word for word in words if not re.search(rf"\b{re.escape(word)}\b", code)} == set()

    def test_no_word_is_explained_twice(self) -> None:
        rows = table_rows(text_of("docs/glossary.md"))
        chinese = [row[0] for row in rows if row[0] not in {"中文", "---"}]

        assert sorted(chinese) == sorted(set(chinese))
