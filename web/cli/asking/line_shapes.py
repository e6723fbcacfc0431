"""What a line of questions, of labelled questions and of answers must hold; other fields are let be."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, InstanceOf
from pydantic_core import PydanticCustomError

from web.locale import Locale

# Not plain ``str``: a lone surrogate in a message is the asker's affair and dropped when it is asked.
Turn = InstanceOf[str]


def _writable(value: str | int) -> str | int:
    """It is written out again, and a lone surrogate cannot be."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "Input holds a lone surrogate") from None
    return value


class Line(BaseModel):
    """Nothing is converted: ``true`` is no number and ``1`` no text."""

    model_config = ConfigDict(strict=True)

    id: Annotated[str | int, AfterValidator(_writable)]


class Asked(Line):
    """A conversation to hold."""

    turns: list[Turn]
    locale: Locale | None = None


class Labelled(Asked):
    """A question of a question set (docs/development.md), with what a right answer holds."""

    turns: list[Turn] = Field(min_length=1)
    answerable: Literal["full", "partial", "none"]
    kind: str | None = None
    script: str = "?"
    measures: list[str | int] | None = None
    law: list[list[str | int]] | None = None
    agencies: list[str] | None = None
    must_contain: list[str] | None = None


class CitedDocument(BaseModel):
    """The document of a citation."""

    title: str


class Cited(BaseModel):
    """A citation, as far as it is judged."""

    document: CitedDocument
    section: str | int
    quote: str | None = None


class NamedAgency(BaseModel):
    """An agency, as far as it is judged."""

    name: str


class Response(BaseModel):
    """An answer object, as far as it is judged."""

    status: str | None = None
    answer: str | None = None
    citations: list[Cited] | None = None
    agencies: list[NamedAgency] | None = None


class Answered(Line):
    """What ``guanwen ask --jsonl`` writes for a line."""

    responses: list[Response]
