"""Curated records checked field by field, with reasons in both languages."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid")
Line = Annotated[str, StringConstraints(pattern=r"^\S(?:.*\S)?$")]
"""Text on one line that does not begin or end with white space."""
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
"""ASCII, in lower case, words joined by hyphens: it stands in addresses and file names."""

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]

_REASONS = {
    "missing": ("缺少", "is missing"),
    "unexpected_keyword_argument": ("是不认识的字段", "is not a known field"),
    "literal_error": ("只能是其中之一：{expected}", "must be {expected}"),
    "string_pattern_mismatch": ("是空的或格式不对", "is blank or of a wrong form"),
    "string_type": ("应为文字", "must be text"),
    "bool_type": ("应为 true 或 false", "must be true or false"),
    "tuple_type": ("应为列表", "must be a list"),
    "dataclass_type": ("应为字段和值", "fields with values were expected"),
}
_DATE = ("应为“年-月-日”的日期", "must be a date, year-month-day")


class FieldsRejected(ValueError):
    """A record has fields that do not fit; each with its name and the reason in Chinese and English.

    A field of a row inside the record is named "contact.0.value".
    """

    def __init__(self, flaws: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{field} {reason}" for field, _, reason in flaws))
        self.flaws = flaws


def read_record(adapter: TypeAdapter[T], values: Mapping[Any, Any]) -> T:
    """The record that ``values`` describe; FieldsRejected names every field that does not fit."""
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        raise FieldsRejected(list(_flaws(error))) from error


def _flaws(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    for detail in error.errors():
        match detail["loc"]:
            case (str(rows), int(at), str(name), *_):
                field = f"{rows}.{at}.{name}"
            case _:
                name = field = str(detail["loc"][0]) if detail["loc"] else ""
        zh, en = _reason(detail)
        yield field, f"{name} {zh}".strip(), f"{name} {en}".strip()


def _reason(detail: ErrorDetails) -> tuple[str, str]:
    if detail["type"].startswith("date_"):
        return _DATE
    zh, en = _REASONS.get(detail["type"], ("的值不对", f"does not fit: {detail['msg']}"))
    expected = detail.get("ctx", {}).get("expected", "")
    return zh.format(expected=expected.replace(" or ", ", ")), en.format(expected=expected)
