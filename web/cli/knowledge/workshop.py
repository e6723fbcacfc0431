"""What commands work on that make a knowledge base ready: the state folder, and the database as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from kb.store.db import Engine, make_engine
from web.settings import Settings
from web.state.database import database_url
from web.state.home import Home, open_home


@dataclass(frozen=True)
class Workshop:
    """What the steps work on."""

    settings: Settings
    home: Home
    engine: Engine


@contextmanager
def workshop(settings: Settings) -> Iterator[Workshop]:
    """The state folder and the database, whatever is in them so far."""
    home = open_home(settings.home)
    engine = make_engine(database_url(settings, home))
    try:
        yield Workshop(settings, home, engine)
    finally:
        engine.dispose()


def done(text: str) -> None:
    """One step, ticked off on stderr."""
    click.echo(f"{click.style('✓', fg='green')} {text}", err=True)
