"""The house keeps its shape: who may import whom, and which package owns which outside part."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("indexer", "kb", "bot", "web")
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
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
class TestEveryModule:
    def test_imports_only_its_own_layer_and_those_below(self, path: Path) -> None:
        allowed = set(LAYERS[: LAYERS.index(layer_of(path)) + 1])
        ours = {name.split(".")[0] for name in imported(ast.parse(path.read_text()))} & set(LAYERS)

        assert ours <= allowed

    def test_uses_outside_parts_only_where_they_live(self, path: Path) -> None:
        used = {name.split(".")[0] for name in imported(ast.parse(path.read_text()))}
        trespassed = {part for part in used & set(OWNED) if layer_of(path) not in OWNED[part]}

        assert not trespassed

    def test_hides_no_import_inside_a_function(self, path: Path) -> None:
        hidden = [name for function in functions(ast.parse(path.read_text())) for name in imported(function)]

        assert not hidden

    def test_has_at_most_400_lines(self, path: Path) -> None:
        assert len(path.read_text().splitlines()) <= 400

    def test_has_a_name_that_says_what_is_in_it(self, path: Path) -> None:
        assert path.stem not in {"utils", "helpers", "common", "misc", "types", "tools"}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_package_opens_with_a_charter(layer: str) -> None:
    assert len(ast.get_docstring(ast.parse((ROOT / layer / "__init__.py").read_text())) or "") > 80


def calls(tree: ast.AST, *dotted: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in dotted
    ]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if layer_of(path) != "web"], ids=lambda path: path.name
)
def test_only_web_reads_the_clock(path: Path) -> None:
    assert not calls(
        ast.parse(path.read_text()), "datetime.now", "datetime.utcnow", "date.today", "time.time"
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_only_settings_read_the_environment(path: Path) -> None:
    # The package itself sets, before numpy is imported, what numpy reads.
    if path in (ROOT / "web" / "settings.py", ROOT / "web" / "__init__.py"):
        return
    assert not calls(ast.parse(path.read_text()), "os.environ", "os.getenv")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if layer_of(path) == "kb"], ids=lambda path: path.name
)
def test_the_knowledge_base_never_commits(path: Path) -> None:
    if "migrations" in path.parts:
        return
    tree = ast.parse(path.read_text())
    committed = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]

    assert not committed
