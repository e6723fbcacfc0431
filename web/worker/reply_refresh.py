"""Bringing the index of published replies to what the database says, so that every worker answers from it."""

from datetime import datetime

import structlog

from kb.replies.reply_index import ReplyContents, build, read_contents
from web.state.front_desk import FrontDesk

_log = structlog.get_logger("web.publication")


def refresh_replies(desk: FrontDesk, now: datetime) -> str | None:
    """Build the index of replies if it is not up to date; its generation's name, None without replies.

    Whoever builds looks again afterwards: of two who publish at once, the slower one may have read less.
    """
    contents = _contents(desk, now)
    while contents is not None:
        name = build(desk.home.replies, contents, now)
        newer = _contents(desk, now)
        if newer == contents:
            _log.debug("replies", index=name, entries=len(contents.entries))
            return name
        contents = newer
    return None


def _contents(desk: FrontDesk, now: datetime) -> ReplyContents | None:
    with desk.trial() as session:
        return read_contents(session, now)
