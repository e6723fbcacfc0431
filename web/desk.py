"""Everything a front door stands on, opened once: state folder, database, index, desk.

The web application and the command line both enter through ``open_front_desk``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.desk import Desk
from kb.db import Engine, Session, is_current, make_engine, session_factory
from kb.promises import Promise
from web.encoding import encoder_for
from web.exits import ExitCode, Refusal
from web.home import Home, open_home
from web.settings import Settings


@dataclass(frozen=True)
class FrontDesk:
    """One process's way to the knowledge base. For threads to share, not across a fork."""

    settings: Settings
    home: Home
    engine: Engine
    sessions: Callable[[], Session]
    desk: Desk

    def close(self) -> None:
        """Let go of the database's connections; the next use makes new ones."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is kept when the block ends, and undone when it raises."""
        with self.sessions() as session, session.begin():
            yield session

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """A session whose work is always undone: everything is seen as it would be, nothing is kept."""
        with self.sessions() as session:
            try:
                yield session
            finally:
                session.rollback()


def database_url(settings: Settings, home: Home) -> str:
    """The database set by the operator, else the file in the state folder."""
    return settings.database_url or home.database_url


def open_front_desk(settings: Settings) -> FrontDesk:
    """The wiring for these settings.

    Raises ``Refusal`` when the state folder is unusable or the database is not at this version;
    an index that is missing or damaged raises its ``IndexerError``.
    """
    home = open_home(settings.home)
    engine = make_engine(database_url(settings, home), connections=settings.threads)
    refuse_unready(engine)
    desk = Desk.open(
        home.index,
        home.secrets.ticket_code,
        encoder_for(settings),
        replies_root=home.replies,
        promise=promise_of(settings),
    )
    return FrontDesk(settings, home, engine, session_factory(engine), desk)


def promise_of(settings: Settings) -> Promise:
    """What the operator promises askers."""
    return Promise(
        working_days=settings.answer_days,
        accept_days=settings.accept_days,
        respond_days=settings.respond_days,
        extension_days=settings.extension_days,
    )


def refuse_unready(engine: Engine) -> None:
    """Raise the ``Refusal`` that names ``guanwen init``, unless the tables are of this version."""
    if not is_current(engine):
        raise Refusal(
            ExitCode.UNAVAILABLE,
            "数据库尚未建立或版本不符，请先运行：guanwen init",
            "The database is missing or of another version; run first: guanwen init",
        )
