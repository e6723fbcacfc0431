"""Brackets in verbatim text: which belong together, and which stand alone.

Half- and full-width forms of a bracket are one kind, since documents mix them: （口岸办) is a pair.
"""

_KINDS = ("(（", ")）"), ("[［", "]］"), ("〔", "〕"), ("【", "】")
OPENING = {char: kind for kind, (opening, _) in enumerate(_KINDS) for char in opening}
CLOSING = {char: kind for kind, (_, closing) in enumerate(_KINDS) for char in closing}


def opening_of(text: str, start: int, closing: int) -> int | None:
    """Where in ``text[start:closing]`` the bracket opens that closes at ``closing``; None if nowhere."""
    expected: list[int] = []
    for at in range(closing, start - 1, -1):
        char = text[at]
        if char in CLOSING:
            expected.append(CLOSING[char])
        elif char in OPENING and expected.pop() != OPENING[char]:
            return None
        if not expected:
            return at if char in OPENING else None
    return None


def unpaired(text: str, start: int, end: int) -> int | None:
    """The first bracket in ``text[start:end]`` without its partner, or None.

    ``1)`` counts things off and needs no partner.
    """
    opened: list[int] = []
    for at in range(start, end):
        char = text[at]
        if char in OPENING:
            opened.append(at)
        elif char in CLOSING and opened and OPENING[text[opened[-1]]] == CLOSING[char]:
            opened.pop()
        elif char in CLOSING and not (at > start and text[at - 1].isdecimal()):
            return at
    return opened[0] if opened else None


def outside(text: str, start: int, end: int, separators: str) -> list[tuple[int, int]]:
    """``text[start:end]`` cut at the ``separators`` that stand outside brackets, as spans."""
    depth, begin, spans = 0, start, []
    for at in range(start, end):
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        if depth == 0 and text[at] in separators:
            spans.append((begin, at))
            begin = at + 1
    return [*spans, (begin, end)]
