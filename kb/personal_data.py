"""Personal data in what people write, replaced before anything is stored or logged.

Mobile numbers, resident identity numbers, unified social credit codes and e-mail addresses are found in the
folded text (so full-width digits count), and replaced in the text as written. Numbers that carry a check
character must satisfy it, so that order, declaration and bill-of-lading numbers stay readable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from indexer.text.folding import fold

MOBILE = "mobile"
IDENTITY_NUMBER = "identity_number"
CREDIT_CODE = "credit_code"
EMAIL = "email"

_PLACEHOLDER = {
    IDENTITY_NUMBER: "〔身份证号〕",
    CREDIT_CODE: "〔统一社会信用代码〕",
    EMAIL: "〔邮箱〕",
    MOBILE: "〔手机号〕",
}
PLACEHOLDERS = tuple(_PLACEHOLDER.values())


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and the kinds that were taken out of it."""

    text: str
    kinds: frozenset[str] = frozenset()


def mask(text: str) -> Masked:
    """``text`` with a placeholder for each piece of personal data; all other characters stay as they are.

    Masking twice changes nothing: what a replacement lays bare is masked as well.
    ``mask("电话138-1234-5678，急").text == "电话〔手机号〕，急"``
    """
    kinds: frozenset[str] = frozenset()
    while found := _find(text):
        text = _replace(text, found)
        kinds |= {piece.kind for piece in found}
    return Masked(text, kinds)


def is_identity_number(text: str) -> bool:
    """Whether the 18 characters have a possible date of birth and the check character of GB 11643-1999."""
    weighted = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(text[:17]))
    return _is_date(text[6:14]) and "10x98765432"[weighted % 11] == text[17].lower()


def is_credit_code(text: str) -> bool:
    """Whether the 18 characters have the check character of GB 32100-2015, section 5."""
    weighted = sum(_CODE_CHARACTERS.index(char) * 3**at % 31 for at, char in enumerate(text[:17].upper()))
    return _CODE_CHARACTERS[-weighted % 31] == text[17].upper()


@dataclass(frozen=True)
class _Piece:
    kind: str
    start: int
    end: int


def _replace(text: str, pieces: list[_Piece]) -> str:
    for piece in sorted(pieces, key=lambda piece: -piece.start):
        text = text[: piece.start] + _PLACEHOLDER[piece.kind] + text[piece.end :]
    return text


def _find(text: str) -> list[_Piece]:
    """Pieces in source coordinates. A kind leaves alone what an earlier one has taken."""
    folded = fold(text)
    found: list[_Piece] = []
    for kind, pattern, holds in _DETECTORS:
        for start, end in _matches(pattern, holds, folded.text):
            piece = _Piece(kind, *folded.source_span(start, end))
            if all(piece.end <= other.start or other.end <= piece.start for other in found):
                found.append(piece)
    return found


def _matches(
    pattern: re.Pattern[str], holds: Callable[[str], bool], folded: str
) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(folded):
        if holds(_SEPARATOR.sub("", match.group())):
            yield match.span()


def _is_date(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return digits[:2] in ("18", "19", "20")


def _form_suffices(_digits: str) -> bool:
    return True


_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SEPARATOR = re.compile(r"[ -]")

# Digits and Latin letters are one run: COSU13812345678 is a bill of lading. What has cents is an amount,
# and more groups after a hyphen are a longer number. But a word such as tel is written right before one.
_BEFORE = r"(?:(?<![0-9a-z])|(?<=tel)|(?<=phone)|(?<=mobile)|(?<=wechat)|(?<=whatsapp)|(?<=wx)|(?<=vx))"
_BEFORE_NUMBER = rf"{_BEFORE}(?<!(?<![0-9])0\.)"
_AFTER_NUMBER = r"(?![0-9a-z]|\.[0-9]{1,2}(?![0-9]))"
_GAP = r"[ -]?"
_MAINLAND_CODE = rf"(?:\(?(?:\+|00)?86\)?{_GAP})?"
_MAINLAND = (
    rf"{_MAINLAND_CODE}1[3-9][0-9]{{9}}"
    rf"|(?<![0-9]-){_MAINLAND_CODE}1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?!-[0-9])"
)
# Mobiles only, and only with the country code: eight digits alone may be anything.
_HONG_KONG = rf"852\)?{_GAP}[4-9][0-9]{{3}}{_GAP}[0-9]{{4}}"
_MACAU = rf"853\)?{_GAP}6[0-9]{{3}}{_GAP}[0-9]{{4}}"
_TAIWAN = rf"886\)?{_GAP}0?9[0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}"
_ABROAD = rf"\(?(?:\+|00)(?:{_HONG_KONG}|{_MACAU}|{_TAIWAN})"

# Registering office and kind (GB 32100-2015, table 1), division code (GB/T 2260; 100000: the whole country).
_OFFICE = r"[1-9any][1-9]"
_DIVISION = r"(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}"

# In this order: an identity number may also have the form, and by chance the check, of a credit code.
_DETECTORS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        IDENTITY_NUMBER,
        re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}{_GAP}[0-9]{{8}}{_GAP}[0-9]{{3}}[0-9x](?![0-9])"),
        is_identity_number,
    ),
    (
        CREDIT_CODE,
        re.compile(rf"(?<![0-9a-z]){_OFFICE}{_DIVISION}[0-9a-hj-npqrtuwxy]{{10}}(?![0-9a-z])"),
        is_credit_code,
    ),
    (
        EMAIL,
        re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}"),
        _form_suffices,
    ),
    (MOBILE, re.compile(rf"{_BEFORE_NUMBER}(?:{_MAINLAND}|{_ABROAD}){_AFTER_NUMBER}"), _form_suffices),
)
