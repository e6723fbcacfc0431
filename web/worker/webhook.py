"""Sending one webhook, signed as Standard Webhooks has it: one id for all attempts, a fresh timestamp."""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from web.settings import Settings
from web.worker.mail import Undeliverable

_SECONDS = 15


class _NoRedirect(HTTPRedirectHandler):
    """A signed message goes to the address that was set and to no other."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def post_webhook(settings: Settings, message_id: str, body: Mapping[str, Any], now: datetime) -> None:
    """POST ``body`` as JSON. Raises Undeliverable without a receiver or when it says 410, else OSError."""
    if settings.webhook_url is None:
        raise Undeliverable("GUANWEN_WEBHOOK_URL is not set")
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Guanwen"}
    headers |= signature_headers(settings.webhook_secret, message_id, content, now)
    request = Request(settings.webhook_url, content, headers)  # noqa: S310  # the setting takes http(s) only
    try:
        with build_opener(_NoRedirect).open(request, timeout=_SECONDS):
            return
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.GONE:
            raise Undeliverable("the receiver says 410 Gone") from error
        raise OSError(f"the receiver says {error.code}") from error


def signature_headers(secret: str | None, message_id: str, content: bytes, now: datetime) -> dict[str, str]:
    """The three headers of Standard Webhooks; without a secret there is no signature."""
    timestamp = str(int(now.timestamp()))
    headers = {"webhook-id": message_id, "webhook-timestamp": timestamp}
    if secret is not None:
        key = b64decode(secret.removeprefix("whsec_"))
        signed = b".".join((message_id.encode(), timestamp.encode(), content))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        headers["webhook-signature"] = f"v1,{b64encode(digest).decode()}"
    return headers
