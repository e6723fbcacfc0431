"""What a client sends, read so that a fault in it is the client's (4xx) and never ours (500)."""

from functools import cached_property
from io import BytesIO
from typing import Any

from flask import Request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest


class ClientRequest(Request):
    """Flask's request. The body is read whole on first use: it is small, and its faults show in one place."""

    @cached_property
    def stream(self) -> BytesIO:
        """The body. BadRequest for chunks that are none, RequestEntityTooLarge for more than the limit."""
        body = super().stream
        try:
            content = body.read()
            body.read(1)  # without a length, only the read after the last allowed byte is refused
        except ParseException:
            raise BadRequest from None
        return BytesIO(content)

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        """As in Flask; nested too deep to be read counts as unreadable."""
        try:
            return super().get_json(*args, **kwargs)
        except RecursionError:
            raise BadRequest from None
