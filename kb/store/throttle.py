"""How often a client may come: counted in the database, so that one limit holds for all worker processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb.store.counters import count_up
from kb.store.tables.throttle import ThrottleWindow


@dataclass(frozen=True)
class Allowance:
    """Whether a request may go on, how many more may come, and in how many seconds counting begins anew."""

    allowed: bool
    remaining: int
    retry_after: int


def forgive(session: Session, client: str) -> None:
    """Forget what was counted of ``client``: it has shown that it is no guesser."""
    session.execute(delete(ThrottleWindow).where(ThrottleWindow.client == client))


def hit(session: Session, client: str, *, now: datetime, limit: int, window: timedelta) -> Allowance:
    """Count a request of ``client`` against ``limit`` in each ``window`` of time (whole seconds).

    ``client`` is a keyed hash, never an address; a prefix counts one thing apart from another. Windows are
    fixed, so at the seam of two up to twice the limit may come. Best called in a short transaction of its
    own: the count is locked until the transaction ends.
    """
    seconds, moment = int(window.total_seconds()), int(now.timestamp())
    ends_at = moment - moment % seconds + seconds
    count = count_up(session, ThrottleWindow, client=client, ends_at=ends_at)
    if count == 1:
        session.execute(delete(ThrottleWindow).where(ThrottleWindow.ends_at <= moment))
    return Allowance(count <= limit, max(0, limit - count), ends_at - moment)
