"""Structured logs on stderr, one event a line, with the request's id and without personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

from kb.personal_data import mask
from web.settings import Settings

_EXACT = frozenset({"method", "level", "timestamp", "request_id", "client", "logger"})
"""Written by us, never by a user; hexadecimal ids would only be mistaken for numbers."""


def configure(settings: Settings) -> None:
    """Send our own events and those of every library to stderr, in the form and from the level set."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(settings)],
        )
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its steps are told by ``guanwen init``
    logging.getLogger("huey").setLevel(logging.WARNING)  # it would tell every minute that a minute has passed
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)


def mask_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask mobiles, identity numbers, credit codes and e-mail addresses in every text that is logged."""
    for name, value in event.items():
        if name not in _EXACT and isinstance(value, str):
            event[name] = mask(value).text
    return event


def _shared() -> tuple[Processor, ...]:
    return (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_personal_data,
    )


def _rendering(settings: Settings) -> tuple[Processor, ...]:
    if settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty()):
        return (structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),)
    return (structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0),)
