"""The house keeps its shape: who may import whom, who owns which outside part, what a file is like."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("indexer", "kb", "bot", "web")

# What may import what: each folder with its rooms and loose files, from the top down. A module may import
# what stands in its own room or further down in the list, and any layer below its own. A new room or loose
# file takes a place here. Inside of folders that are not listed the files are free.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "indexer": ("engine", "reader", "meaning", "slips", "build", "search", "stored", "text", "errors"),
    "kb": (
        "casework", "replies", "notices", "tickets", "intake", "comparison", "documents", "staff",
        "conversations",
        "corpus", "store", "text",
        "errors", "problems", "checked_records", "personal_data", "working_time", "kinds",
    ),
    "kb.store": (
        "schema", "throttle", "db", "counters", "bulk_insert", "migrations", "sealing", "digests", "tables",
    ),
    "bot": (
        "conversation", "keeping", "steps", "words", "explanation", "finding", "turn", "desk", "examples",
        "find", "answer", "question",
        "topic", "way", "wish", "understanding", "trace", "errors",
    ),
    "bot.question": ("query", "laws", "wishes", "structure", "tokens", "sorts", "names", "patterns"),
    "bot.steps": (
        "several", "sources_routing", "conversation", "decision", "held_then", "door", "structure", "laws",
        "assessment", "published", "search", "speaking",
    ),
    "web": (
        "cli", "server", "app", "console", "portal", "api", "worker", "request", "state",
        "speech", "logs", "settings", "errors", "invalid_fields", "exits", "locale", "clock",
    ),
    "web.api": ("endpoints", "service", "asking", "knowledge", "contract", "schema", "blueprint"),
    "web.portal": (
        "asking", "knowledge", "clauses", "blueprint",
        "language", "dates", "addresses", "reading", "messages",
    ),
    "web.console": ("casework", "accounts", "knowledge", "blueprint", "identity", "messages"),
    "web.cli": (
        "__main__", "program", "operating", "measuring", "asking", "casework", "knowledge",
        "front_desk_opening", "failures", "opening", "grammar", "columns", "days",
    ),
}  # fmt: skip
# Imports of ``bot`` that still run upwards, to be taken out one by one; nothing is added here.

OWNED = {
    "flask": {"web"},
    "apiflask": {"web"},
    "flask_wtf": {"web"},
    "flask_bootstrap": {"web"},
    "werkzeug": {"web"},
    "click": {"web"},
    "gunicorn": {"web"},
    "structlog": {"web"},
    "sqlalchemy": {"kb"},
    "alembic": {"kb"},
    "jieba": {"indexer"},
    "opencc": {"indexer"},
    "rank_bm25": {"indexer"},
    "pypinyin": {"indexer"},
    "rapidfuzz": {"indexer"},
}

MOST_LINES = 400
MOST_MODULES = 16
LEAST_LINES = 40
NO_NAMES = {"utils", "helpers", "common", "misc", "types", "tools"}

# Small files with one importer that stay apart, and why.
SMALL_ON_PURPOSE = {
    "kb.tickets.access_codes": "a secret: what it is made of is reviewed by itself",
    "web.api.endpoints": "the one list of endpoints, as __init__ is for pages",
    "web.api.asking.feedback": "an endpoint, found by its address",
    "web.api.service.measuring": "an endpoint, found by its address",
    "web.console.knowledge.routes": "a page, found by its address",
    "web.portal.knowledge.agencies": "a page, found by its address",
}

# Names that several layers may use, each for its own; and folders whose files are named for the noun that
# they store or show, as is the file that decides about it.
NAMES_OF_EVERY_LAYER = {"errors"}
NAMED_FOR_THEIR_NOUN = ("kb.store.tables", "web.api", "web.portal", "web.console", "web.cli")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))}
FOLDERS = sorted({path.parent for path in MODULES.values()})


def layer_of(module: str) -> str:
    return module.partition(".")[0]


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def lines_of(module: str) -> int:
    return len(MODULES[module].read_text(encoding="utf-8").splitlines())


def imported(tree: ast.AST) -> Iterator[str]:
    """Whatever is imported, by its full name; of our own parts the module, not what is taken out of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else node.module


@cache
def ours(module: str) -> frozenset[str]:
    return frozenset(imported(tree_of(module))) & MODULES.keys()


def is_opened(module: str) -> bool:
    """Whether it is a folder's own ``__init__``."""
    return MODULES[module].name == "__init__.py"


class TestImports:
    def test_a_layer_imports_only_itself_and_those_below(self) -> None:
        upwards = [
            (module, other)
            for module in MODULES
            for other in ours(module)
            if LAYERS.index(layer_of(other)) > LAYERS.index(layer_of(module))
        ]

        assert upwards == []

    def test_a_room_imports_only_itself_and_those_below(self) -> None:
        upwards = {
            (module, other)
            for folder, rooms in ROOMS.items()
            for module in MODULES
            for other in ours(module)
            if (place := place_in(folder, rooms, module)) is not None
            and (beside := place_in(folder, rooms, other)) is not None
            and beside < place
        }

        assert not upwards

    def test_every_room_and_loose_file_has_a_place(self) -> None:
        for folder, rooms in ROOMS.items():
            there = {
                module.removeprefix(f"{folder}.").partition(".")[0]
                for module in MODULES
                if module.startswith(f"{folder}.")
            }

            assert sorted(rooms) == sorted(there), folder

    def test_outside_parts_are_used_only_where_they_live(self) -> None:
        trespassed = [
            (module, part)
            for module in MODULES
            for part in {name.partition(".")[0] for name in imported(tree_of(module))} & OWNED.keys()
            if layer_of(module) not in OWNED[part]
        ]

        assert trespassed == []

    def test_no_import_hides_inside_a_function(self) -> None:
        hidden = [
            (module, name)
            for module in MODULES
            for node in ast.walk(tree_of(module))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for name in imported(node)
        ]

        assert hidden == []


def place_in(folder: str, rooms: tuple[str, ...], module: str) -> int | None:
    """How far down ``module`` stands in ``folder``; None where it stands elsewhere, or opens the folder."""
    if not module.startswith(f"{folder}."):
        return None
    room = module.removeprefix(f"{folder}.").partition(".")[0]
    return rooms.index(room) if room in rooms else None


class TestFiles:
    def test_none_has_more_lines_than_can_be_read_at_once(self) -> None:
        assert [module for module in MODULES if lines_of(module) > MOST_LINES] == []

    def test_none_has_a_name_that_says_nothing(self) -> None:
        assert [module for module in MODULES if module.rpartition(".")[2] in NO_NAMES] == []

    def test_none_is_so_small_that_its_one_reader_could_hold_it(self) -> None:
        importers = defaultdict(set)
        for module in MODULES:
            for other in ours(module):
                importers[other].add(module)
        small = {
            module
            for module, users in importers.items()
            if lines_of(module) < LEAST_LINES
            and not is_opened(module)
            and layer_of(module) != "bot"
            and [layer_of(user) for user in users] == [layer_of(module)]
        }

        assert small == SMALL_ON_PURPOSE.keys()

    def test_no_two_have_one_name(self) -> None:
        names = Counter(
            (next((folder for folder in NAMED_FOR_THEIR_NOUN if module.startswith(f"{folder}.")), ""), stem)
            for module in MODULES
            if not is_opened(module)
            for stem in [module.rpartition(".")[2]]
            if stem not in NAMES_OF_EVERY_LAYER
        )

        assert [name for name, times in names.items() if times > 1] == []


class TestFolders:
    def test_none_holds_more_than_can_be_looked_over(self) -> None:
        held = Counter(str(path.parent.relative_to(ROOT)) for path in MODULES.values())
        full = {folder for folder, modules in held.items() if modules - 1 > MOST_MODULES}

        assert not full

    def test_each_opens_with_a_charter(self) -> None:
        opened = {folder: name_of(folder / "__init__.py") for folder in FOLDERS}
        bare = [
            module
            for module in opened.values()
            if module not in MODULES or len(ast.get_docstring(tree_of(module)) or "") <= 80
        ]

        assert bare == []


class TestHabits:
    def test_only_web_reads_the_clock(self) -> None:
        clocks = ("datetime.now", "datetime.utcnow", "date.today", "time.time")

        assert [module for module in MODULES if layer_of(module) != "web" and names(module, *clocks)] == []

    def test_only_settings_read_the_environment(self) -> None:
        # The package itself sets, before numpy is imported, what numpy reads.
        free = {"web", "web.settings"}

        assert [name for name in MODULES if name not in free and names(name, "os.environ", "os.getenv")] == []

    def test_the_knowledge_base_never_commits(self) -> None:
        committed = [
            (module, node.lineno)
            for module in MODULES
            if layer_of(module) == "kb" and not module.startswith("kb.store.migrations.")
            for node in ast.walk(tree_of(module))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
        ]

        assert committed == []


def names(module: str, *dotted: str) -> bool:
    attributes = (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute))
    return any(ast.unparse(node) in dotted for node in attributes)
