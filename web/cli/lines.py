"""JSON lines from a file or stdin, refused by file and line when they are not what they should be."""

import json
import sys
from pathlib import Path
from typing import Any

from web.exits import ExitCode, Refusal

STDIN = "-"


def read_lines(name: str, *required: str) -> list[dict[str, Any]]:
    """The objects in ``name``, one a line, each with the ``required`` fields.

    Raises ``Refusal``: 66 when there is no such file, 65 naming the line that is wrong.
    """
    return [
        _object(name, number, line, required)
        for number, line in enumerate(_text(name).splitlines(), start=1)
        if line.strip()
    ]


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == STDIN else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal(
            ExitCode.NO_INPUT,
            f"{name}：读不到（{error.strerror}）",
            f"{name}: cannot be read ({error.strerror})",
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal(ExitCode.BAD_DATA, f"{name}：不是 UTF-8 文本", f"{name}: not UTF-8 text") from error


def _object(name: str, number: int, line: str, required: tuple[str, ...]) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise _refusal(name, number, "不是 JSON", "not JSON") from None
    missing = [field for field in required if not isinstance(value, dict) or field not in value]
    if missing:
        raise _refusal(name, number, f"缺少 {missing[0]}", f"{missing[0]} is missing")
    return dict(value)


def _refusal(name: str, number: int, zh: str, en: str) -> Refusal:
    return Refusal(ExitCode.BAD_DATA, f"{name} 第 {number} 行：{zh}", f"{name}, line {number}: {en}")
