"""The step that makes the index ready: what the database holds can be searched."""

import sys

import click

from kb.documents.indexing import rebuild_index
from kb.store.db import session_factory
from web.cli.knowledge.workshop import Workshop, done
from web.clock import now
from web.speech import say
from web.state.database import refuse_unready


def publish(shop: Workshop) -> str:
    """Build and switch to the index of what the database holds; the generation's name."""
    refuse_unready(shop.engine)
    with session_factory(shop.engine)() as session:
        name = rebuild_index(session, shop.home.index, now(), _show_progress)
    done(say(f"索引 {name} 已启用", f"index {name} is current"))
    return name


def _show_progress(finished: int, total: int) -> None:
    """Rewrite a counting line on a terminal; say nothing where nobody watches."""
    if sys.stderr.isatty():
        line = say(f"建立索引 {finished}/{total}", f"indexing {finished}/{total}")
        click.echo(f"\r{line}", err=True, nl=finished == total)
