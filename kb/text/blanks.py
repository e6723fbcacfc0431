"""White space around text in documents: ideographic spaces and a byte order mark count as well."""

INDENT = " \t\u3000\u00a0\r\ufeff"
BLANK = INDENT + "\n"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of ``text[start:end]`` without blanks at its ends; empty at ``start`` if there is no more."""
    inner = text[start:end].rstrip(BLANK)
    if not inner.strip(BLANK):
        return start, start
    return start + len(inner) - len(inner.lstrip(BLANK)), start + len(inner)
