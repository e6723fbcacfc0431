"""The docs page, rendered on the server from the description: no script, no file from elsewhere."""

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, current_app, render_template

from web.errors import BELOW, BY_STATUS, FORM_EXPIRED, ErrorKind
from web.locale import in_locale
from web.request import visit

reference = Blueprint("reference", __name__)


@reference.get("/api/v1/docs")
def docs() -> str:
    """Every endpoint, every object, every error code."""
    spec = _spec()
    say = partial(in_locale, visit.locale())
    return render_template("api_docs.html", spec=spec, operations=_operations(spec), kinds=_kinds(), say=say)


def _spec() -> dict[str, Any]:
    """The cached description; the public property would generate it anew for every reader."""
    app = cast("APIFlask", current_app)
    return cast("dict[str, Any]", app._get_spec("json"))


def _operations(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """By tag, in the order in which the description lists the tags."""
    tags = [tag["name"] for tag in spec["tags"]]
    return sorted(_each_operation(spec), key=lambda operation: tags.index(operation["tags"][0]))


def _each_operation(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield {"method": method.upper(), "path": path, **operation}


def _kinds() -> list[ErrorKind]:
    kinds = {kind.code: kind for kind in (*BY_STATUS.values(), *BELOW.values(), FORM_EXPIRED)}
    return sorted(kinds.values(), key=lambda kind: (kind.status, kind.code))
