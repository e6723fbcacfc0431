"""What is wrong with a corpus, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: a file, its line counted from 1, and the reason in both languages."""

    file: str
    line: int
    reason_zh: str
    reason_en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason_zh}"


@dataclass(frozen=True)
class Flaw:
    """A problem as a reader of one text sees it: at an offset, in a file whose name it does not know."""

    at: int
    reason_zh: str
    reason_en: str

    def in_file(self, file: str, text: str, offset: int = 0) -> Problem:
        """The same as a problem of ``file``, where the text that was read begins at ``text[offset]``."""
        return Problem(file, line_of(text, offset + self.at), self.reason_zh, self.reason_en)


def line_of(text: str, offset: int) -> int:
    """The line, from 1, on which the character at ``offset`` stands."""
    return text.count("\n", 0, offset) + 1
