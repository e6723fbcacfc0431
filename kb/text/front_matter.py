"""The head of a document file: YAML between two ``---`` lines, then the text verbatim."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

import yaml
from pydantic import ConfigDict, TypeAdapter

from kb.checked_records import STRICT, FieldsRejected, Identifier, Line, read_record
from kb.problems import Flaw

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")


@dataclass(frozen=True)
class FrontMatter:
    """What a document says of itself; None where it says nothing."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    title: Line
    kind: Literal["plan", "law", "regulation", "reply", "document"]
    issuer: Line
    status: Literal["in_force", "not_yet_in_force", "amended", "repealed"]
    script: Literal["hans", "hant"]
    number: Line | None = None
    edition: Line | None = None
    adopted_on: date | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    source: Line | None = None

    @property
    def key(self) -> str:
        """The document and, where it has several editions, which of them: trademark-law@2019-04-23."""
        return f"{self.id}@{self.edition}" if self.edition else self.id


_FRONT_MATTER = TypeAdapter(FrontMatter)


def body_offset(text: str) -> int:
    """Where the verbatim text of a document file begins; 0 if it has no front matter."""
    head = _HEAD.match(text)
    return head.end() if head else 0


def read_front_matter(text: str) -> tuple[FrontMatter | None, list[Flaw]]:
    """The front matter of a document file, or None and everything that is wrong with it."""
    head = _HEAD.match(text)
    if head is None:
        reason = "缺少文件头：文件应以 --- 行之间的 YAML 开始"
        return None, [Flaw(0, reason, "front matter is missing: YAML between two --- lines comes first")]
    try:
        front_matter = read_record(_FRONT_MATTER, _values(head["yaml"]))
    except yaml.YAMLError as error:
        return None, [_not_yaml(head, error)]
    except FieldsRejected as error:
        return None, [_field_flaw(text, *flaw) for flaw in error.flaws]
    if front_matter.issued_on is None and front_matter.effective_on is None:
        # Such a document would never be in force, and so never be cited, without anybody noticing.
        zh, en = "issued_on 和 effective_on 至少要有一个", "issued_on or effective_on has to be given"
        return None, [_field_flaw(text, "issued_on", zh, en)]
    return front_matter, []


def place_of_field(text: str, field: str) -> int:
    """Where the front matter of a document file sets ``field``; the beginning of the file if it does not."""
    head = _HEAD.match(text)
    found = re.search(rf"^{re.escape(field)}[ \t]*:", head["yaml"], re.MULTILINE) if head else None
    return head.start("yaml") + found.start() if head and found else 0


def _field_flaw(text: str, field: str, zh: str, en: str) -> Flaw:
    return Flaw(place_of_field(text, field), f"文件头：{zh}", f"front matter: {en}")


def _values(source: str) -> dict[str, object]:
    """Every value as it is written: the base loader makes no numbers and no dates of them."""
    values = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - it builds nothing but text
    if not isinstance(values, dict):
        raise yaml.YAMLError("fields with values were expected")
    return {str(name): None if value in ("", "~", "null") else value for name, value in values.items()}


def _not_yaml(head: re.Match[str], error: yaml.YAMLError) -> Flaw:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    at = head.start("yaml") + (mark.index if mark else 0)
    return Flaw(at, "文件头不是合法的 YAML", f"front matter is not YAML: {' '.join(str(error).split())}")
