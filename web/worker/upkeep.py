"""What has to be done from time to time, whoever is looking: reminders, stale replies, forgetting."""

from datetime import datetime, timedelta

import structlog

from kb.casework import retention
from kb.casework.retention import Limits, Purged
from kb.notices import reminders
from kb.replies import replies_in_force
from web.settings import Settings
from web.state.front_desk import FrontDesk
from web.worker.reply_refresh import refresh_replies

_log = structlog.get_logger("web.upkeep")


def tick(desk: FrontDesk, now: datetime) -> None:
    """Every minute: remind of what is due, flag replies whose clauses changed, renew their index."""
    with desk.transaction() as session:
        reminded = reminders.remind(session, now=now)
    with desk.transaction() as session:
        flagged = replies_in_force.flag_stale(session, now=now)
    if reminded or flagged:
        _log.info("upkeep", reminded=reminded, flagged=len(flagged))
    refresh_replies(desk, now)


def purge(desk: FrontDesk, now: datetime, *, dry_run: bool = False) -> Purged:
    """Erase what is past the operator's limits; with ``dry_run`` only count."""
    within = desk.trial if dry_run else desk.transaction
    with within() as session:
        purged = retention.purge(session, limits_of(desk.settings), now=now)
        session.flush()
    return purged


def limits_of(settings: Settings) -> Limits:
    """How long the operator keeps what."""
    return Limits(
        questions=timedelta(days=settings.keep_questions_days),
        contacts=timedelta(days=settings.keep_contacts_days),
        notices=timedelta(days=settings.keep_notices_days),
    )
