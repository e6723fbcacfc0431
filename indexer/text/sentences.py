"""Sentences of official Chinese text, as spans: the unit that quotes are cut in."""

import re

_ENDS = r"。；！？;!?\n"
_CLOSERS = r"”’」』）)》〉】〕\]"
_SENTENCE = re.compile(rf"[^{_ENDS}]*[{_ENDS}]+[{_CLOSERS}\s]*|[^{_ENDS}]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans that tile ``text``: joined, they are the text again.

    A sentence ends after 。；！？ (or the narrow forms) or a line break, and keeps the closing quotes,
    brackets and white space that follow.
    """
    return [match.span() for match in _SENTENCE.finditer(text)]
