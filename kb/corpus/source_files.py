"""Files of a corpus, read as text."""

from dataclasses import dataclass
from pathlib import Path

from kb.problems import Problem


@dataclass(frozen=True)
class SourceFile:
    """A file as it stands: ``name`` is its path inside the corpus, ``text`` every character of it."""

    name: str
    text: str

    @property
    def stem(self) -> str:
        """The file's own name without its last extension."""
        return Path(self.name).stem


def read_source(corpus: Path, path: Path) -> SourceFile | Problem:
    """The file at ``path``, line ends and byte order mark kept; or why it cannot be read."""
    name = path.relative_to(corpus).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        return Problem(name, 1, "读不到这个文件", f"cannot be read: {error.strerror}")
    try:
        return SourceFile(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(name, line, "不是 UTF-8 编码", "not UTF-8")
