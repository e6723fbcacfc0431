"""The blueprint all endpoints hang on, and what holds for every one of them."""

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

PREFIX = "/api/v1"

api = APIBlueprint("api", __name__, url_prefix=PREFIX, enable_openapi=True)


@api.before_request
def require_json() -> None:
    """A body in another form is refused by name, not read as empty."""
    if request.method == "POST" and not request.is_json:
        raise UnsupportedMediaType


@api.after_request
def forbid_caching(response: Response) -> Response:
    """Answers change with every reply that is published, and tickets are private."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response
