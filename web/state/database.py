"""Which database the settings mean, and whether it is ready: what commands need that ask no questions."""

from kb.store.db import Engine, is_current
from web.exits import ExitCode, Refusal
from web.settings import Settings
from web.state.home import Home


def database_url(settings: Settings, home: Home) -> str:
    """The database set by the operator, else the file in the state folder."""
    return settings.database_url or home.database_url


def refuse_unready(engine: Engine) -> None:
    """Raise the ``Refusal`` that names ``guanwen init``, unless the tables are of this version."""
    if not is_current(engine):
        raise Refusal(
            ExitCode.UNAVAILABLE,
            "数据库尚未建立或版本不符，请先运行：guanwen init",
            "The database is missing or of another version; run first: guanwen init",
        )
