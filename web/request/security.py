"""What protects the visitor's browser and the server: headers, form tokens, size limits, cookies."""

from flask import Blueprint, Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest

from web.settings import Settings
from web.state.home import Secrets

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap draws its icons as data: images
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST_REQUEST = 64 * 1024
"""Bytes. A question has 500 characters; the rest is room for a form's other fields."""


def install(app: Flask, settings: Settings, secrets: Secrets, *, exempt: Blueprint) -> None:
    """Protect ``app``. ``exempt`` is the JSON API: it reads no cookie, so no other site can borrow one."""
    app.config.update(
        SECRET_KEY=secrets.flask,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="guanwen",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=(settings.base_url or "").startswith("https:"),
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over lunch must still send its question
    )
    CSRFProtect(app).exempt(exempt)
    app.before_request(_refuse_null)
    app.after_request(_guard)


def _refuse_null() -> None:
    """PostgreSQL takes no NUL in a text, and no address of ours has one."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise BadRequest


def _guard(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        # Only where HTTPS is in use already: on plain HTTP the header would lock a local user out.
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
