"""Sending one e-mail. It keeps its Message-ID through every attempt, so that a repeat can be told."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from web.clock import CHINA, now
from web.settings import Settings
from web.worker.notice_words import Words

_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}


class Undeliverable(Exception):
    """The receiver's side will never take it, or there is no way there: another attempt is of no use."""


def send_mail(settings: Settings, message_id: str, to: str, words: Words) -> None:
    """Hand the message to the mail server.

    Raises Undeliverable without a server or for an address that is refused for good, and OSError or
    SMTPException for what may be better later.
    """
    if settings.smtp_url is None:
        raise Undeliverable("GUANWEN_SMTP_URL is not set")
    message = _message(settings, message_id, to, words)
    try:
        with _connection(settings.smtp_url) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        refusals = [code for code, _ in error.recipients.values()]
        if refusals and all(code >= 500 for code in refusals):
            raise Undeliverable(f"address refused ({refusals[0]})") from error
        raise


def _message(settings: Settings, message_id: str, to: str, words: Words) -> EmailMessage:
    domain = settings.mail_from.rpartition("@")[2]
    message = EmailMessage()
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Date"] = format_datetime(now().astimezone(CHINA))
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = " ".join(words.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.body)
    return message


def _connection(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    port = parts.port or _PORTS[parts.scheme]
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
