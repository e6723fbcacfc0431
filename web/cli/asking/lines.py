"""JSON lines from a file or stdin, refused by file and line when they are not what they should be."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from web.exits import ExitCode, Refusal
from web.invalid_fields import invalid_fields
from web.speech import say

STDIN = "-"


def read_lines(name: str, shape: type[BaseModel]) -> list[dict[str, Any]]:
    """The objects in ``name``, one a line, each of this ``shape``.

    Raises ``Refusal``: 66 when there is no such file, 65 naming the line that is wrong.
    """
    return [
        _object(name, number, line, shape)
        for number, line in enumerate(_text(name).split("\n"), start=1)  # a string may hold U+2028 as it is
        if line.strip()
    ]


def shown(name: str) -> str:
    """The file's name as an operator knows it."""
    return say("标准输入", "standard input") if name == STDIN else name


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise Refusal(
            ExitCode.NO_INPUT,
            f"{shown(name)}：读不到（{error.strerror}）",
            f"{shown(name)}: cannot be read ({error.strerror})",
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal(
            ExitCode.BAD_DATA, f"{shown(name)}：不是 UTF-8 文本", f"{shown(name)}: not UTF-8 text"
        ) from error


def _object(name: str, number: int, line: str, shape: type[BaseModel]) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise _refusal(name, number, "不是 JSON", "not JSON") from None
    if not isinstance(value, dict):
        raise _refusal(name, number, "不是 JSON 对象", "not a JSON object")
    try:
        shape.model_validate(value)
    except ValidationError as error:
        raise _refusal(name, number, *_fault(error)) from None
    return value


def _fault(error: ValidationError) -> tuple[str, str]:
    """The first fault; the Chinese sentence names its field itself."""
    zh, en = (invalid_fields(error, locale)[0] for locale in ("zh-Hans", "en"))
    return zh["detail"], f"{en['field']}: {en['detail'].rstrip('.')}"


def _refusal(name: str, number: int, zh: str, en: str) -> Refusal:
    return Refusal(
        ExitCode.BAD_DATA, f"{shown(name)} 第 {number} 行：{zh}", f"{shown(name)}, line {number}: {en}"
    )
