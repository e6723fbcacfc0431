"""Bytes to text, for files that say the wrong encoding or none, and the characters no official text holds."""

import re
import unicodedata

from kb.intake.raw_files import FileRefused
from kb.problems import line_of

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Pages declare GB2312 or GBK and hold characters that only GB18030, which contains both, can write.
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"))
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LONGEST_LINE = 100_000
LONGEST_TEXT = 5_000_000


def decode(content: bytes, *, html: bool = False) -> str:
    """The text in ``content``: UTF-8, UTF-16 with its mark, or GB18030, whatever of these a page declares.

    Raises ``FileRefused`` for anything else.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _decoded(content, name)
    declared = _DECLARED.search(content[:4096]) if html else None
    name = declared[1].decode().lower() if declared else ""
    if name in _CHINESE:
        return _decoded(content, "gb18030")
    if name == "big5":
        return _decoded(content, "big5hkscs")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise FileRefused(
            "编码认不出来（应为 UTF-8 或 GB18030）", "encoding not known; UTF-8 or GB18030 was expected"
        ) from error


def sound_text(text: str) -> str:
    """``text`` with line ends as ``\\n``; ``FileRefused`` for one that no honest document holds.

    Characters that reverse the reading direction could make a quote look like what it is not.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if len(text) > LONGEST_TEXT:
        raise FileRefused(f"超过 {LONGEST_TEXT} 字", f"longer than {LONGEST_TEXT} characters")
    for at, char in enumerate(text):
        if char < " " or char > "~":
            reason = _reason_against(char)
            if reason:
                line = line_of(text, at)
                raise FileRefused(f"第 {line} 行{reason[0]}", f"line {line} holds {reason[1]}")
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        raise FileRefused(
            f"有一行超过 {_LONGEST_LINE} 字", f"a line is longer than {_LONGEST_LINE} characters"
        )
    return text


def _reason_against(char: str) -> tuple[str, str] | None:
    if char in "\n\t":
        return None
    if char in _BIDIRECTIONAL:
        return "有改变文字方向的符号", "a mark that changes the direction of reading"
    category = unicodedata.category(char)
    if category == "Cs":
        return "有半个字符（孤立的代理码）", "half a character (a lone surrogate)"
    if category == "Cc":
        return "有控制字符", "a control character"
    return None
