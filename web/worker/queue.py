"""The worker's queue: huey on a file of its own. The outbox says what is to be sent, the queue says: now."""

from contextlib import suppress
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from huey import SqliteHuey, crontab

from web.clock import now
from web.state.front_desk import FrontDesk
from web.worker.delivery import deliver
from web.worker.upkeep import purge, tick

_NAME = "guanwen"
_SOON = 6  # seconds; the first retry of a message comes after five


def open_queue(path: Path) -> SqliteHuey:
    """The queue in the state folder, with the one task that other processes ask for: ``sweep``."""
    return SqliteHuey(_NAME, filename=str(path), results=False)


def hurry(path: Path) -> None:
    """Ask the worker to look into the outbox now. Without a queue it looks within a minute all the same."""
    with suppress(SqliteError, OSError):
        queue = open_queue(path)
        queue.task(name="sweep")(_elsewhere)()
        queue.storage.close()


def equip(queue: SqliteHuey, desk: FrontDesk) -> None:
    """Teach ``queue`` what to do, with ``desk`` to do it at."""

    def sweep() -> None:
        if deliver(desk, now).failed:
            again.schedule(delay=_SOON)

    def every_minute() -> None:
        tick(desk, now())
        sweep()

    def every_night() -> None:
        purge(desk, now())

    again = queue.task(name="sweep")(sweep)
    queue.periodic_task(crontab(), name="every_minute")(queue.lock_task("every_minute")(every_minute))
    # Half past three in China.
    queue.periodic_task(crontab(hour="19", minute="30"), name="every_night")(every_night)
    again()


def _elsewhere() -> Any:
    """What the worker knows under the same name."""
