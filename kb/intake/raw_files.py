"""Files as they are taken in: their bytes, what they are called, and the limits they are held to."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
"""No official text comes near it; what is larger is not read into memory."""
FORMS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf")


@dataclass(frozen=True)
class RawFile:
    """A file's name, as the report calls it, and its bytes."""

    name: str
    content: bytes

    @property
    def form(self) -> str:
        """The ending of its name, in lower case: what it is read as."""
        return "." + self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def stem(self) -> str:
        """Its own name without folder and ending."""
        return self.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or self.name


class FileRefused(Exception):
    """A file, or a whole archive, that is not taken in: why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def too_large(limit: int = LARGEST_FILE) -> FileRefused:
    """The refusal of a file beyond the limit."""
    megabytes = limit // MEGABYTE
    return FileRefused(f"超过 {megabytes} MB", f"larger than {megabytes} MB")
