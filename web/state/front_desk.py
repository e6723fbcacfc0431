"""Everything a front door stands on, opened once: state folder, database, index, desk.

The web application and the command line both enter through ``open_front_desk``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from bot.desk.shared import Desk
from kb.documents.passage_cache import shared_shelf
from kb.store.db import Engine, Session, make_engine, session_factory
from kb.tickets.service_promise import Promise
from web.settings import Settings
from web.state.database import database_url, refuse_unready
from web.state.encoder_choice import encoder_for
from web.state.home import Home, open_home

# Making an answer is work for the processor: more of them at once in one process take turns for it a thousand
# times an answer, hold the database's lock meanwhile, and half as many are done in a second. Two, so that one
# may wait for that lock.
_ANSWERS_AT_ONCE = 2


@dataclass(frozen=True)
class FrontDesk:
    """One process's way to the knowledge base. For threads to share, not across a fork.

    Whoever answers a question holds ``answering`` meanwhile.
    """

    settings: Settings
    home: Home
    engine: Engine
    sessions: Callable[[], Session]
    desk: Desk
    answering: BoundedSemaphore

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
    sessions = session_factory(engine, shared_shelf())
    return FrontDesk(settings, home, engine, sessions, desk, _answering(settings))


def _answering(settings: Settings) -> BoundedSemaphore:
    """Room for as many answers at once as help; who asks an address for vectors mostly waits for it."""
    return BoundedSemaphore(settings.threads if settings.embeddings_url else _ANSWERS_AT_ONCE)


def promise_of(settings: Settings) -> Promise:
    """What the operator promises askers."""
    return Promise(
        working_days=settings.answer_days,
        accept_days=settings.accept_days,
        respond_days=settings.respond_days,
        extension_days=settings.extension_days,
    )
