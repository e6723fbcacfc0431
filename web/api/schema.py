"""The base of every object the API takes or gives, and the one way its fields are described."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Given(BaseModel):
    """Something the API gives; read from the frozen values of the layers below."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Taken(BaseModel):
    """Something the API takes. A field we do not know is an error: it is usually a misspelt one we do."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def described(zh: str, en: str, example: Any, **limits: Any) -> Any:
    """A field's description in both languages, with an example."""
    return Field(description=f"{zh} {en}", examples=[example], **limits)
