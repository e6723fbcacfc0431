"""The head of a document file: YAML between two ``---`` lines, then the text verbatim."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import yaml

from kb.problems import Problem

KINDS = ("plan", "law", "regulation", "reply", "document")
STATUSES = ("in_force", "not_yet_in_force", "amended", "repealed")
SCRIPTS = ("hans", "hant")

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_REQUIRED = ("id", "title", "kind", "issuer", "status", "script")
_DATES = ("issued_on", "effective_on", "expires_on")
_CHOICES = {"kind": KINDS, "status": STATUSES, "script": SCRIPTS}
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class FrontMatter:
    """What a document says of itself; dates are None where it gives none."""

    id: str
    title: str
    kind: str
    issuer: str
    status: str
    script: str
    number: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    source: str | None = None


def body_offset(text: str) -> int:
    """Where the verbatim text begins; 0 for a file without front matter."""
    head = _HEAD.match(text)
    return head.end() if head else 0


def read_front_matter(text: str, file: str) -> tuple[FrontMatter | None, list[Problem]]:
    """The front matter of ``text``, or None with every problem in it, each at its line."""
    head = _HEAD.match(text)
    if not head:
        return None, [
            Problem(
                file,
                1,
                "缺少文件头：第一行起应为 --- 围起的 YAML",
                "front matter between --- lines is missing",
            )
        ]
    try:
        data = yaml.safe_load(head["yaml"]) or {}
    except yaml.YAMLError as error:
        return None, [_unreadable(error, file)]
    if not isinstance(data, dict):
        return None, [Problem(file, 2, "文件头应为“字段: 值”", "front matter must be fields with values")]
    problems = list(_problems(data, head["yaml"], file))
    return (None, problems) if problems else (_front_matter(data), [])


def _unreadable(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark else 2
    return Problem(file, line, "文件头不是合法的 YAML", f"front matter is not YAML: {error}".splitlines()[0])


def _problems(data: dict[str, Any], source: str, file: str) -> list[Problem]:
    def problem(field: str, zh: str, en: str) -> Problem:
        return Problem(
            file, _line_of_field(source, field), f"文件头 {field}：{zh}", f"front matter {field}: {en}"
        )

    known = {field.name for field in fields(FrontMatter)}
    found = [problem(name, "缺少", "missing") for name in _REQUIRED if not data.get(name)]
    found += [problem(str(name), "不认识的字段", "unknown field") for name in data if name not in known]
    found += [
        problem(name, f"应为 {'、'.join(choices)} 之一", f"must be one of {', '.join(choices)}")
        for name, choices in _CHOICES.items()
        if data.get(name) and data[name] not in choices
    ]
    found += [
        problem(name, "应为 年-月-日 的日期", "must be a date, year-month-day")
        for name in _DATES
        if data.get(name) is not None and type(data[name]) is not date
    ]
    if data.get("id") and not _ID.fullmatch(str(data["id"])):
        found.append(
            problem("id", "只能用小写字母、数字和连字符", "lower case letters, digits and hyphens only")
        )
    return found


def _line_of_field(source: str, field: str) -> int:
    for number, line in enumerate(source.splitlines(), start=2):
        if line.startswith(f"{field}:"):
            return number
    return 1


def _front_matter(data: dict[str, Any]) -> FrontMatter:
    texts = {
        name: value if type(value) is date else str(value)
        for name, value in data.items()
        if value is not None
    }
    return FrontMatter(**texts)  # type: ignore[arg-type]
