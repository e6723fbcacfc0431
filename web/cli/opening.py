"""What every command does first: read the settings, set up the log, open what it needs."""

from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from web import logs
from web.desk import FrontDesk, open_front_desk
from web.settings import Settings, read_settings

P = ParamSpec("P")
R = TypeVar("R")


def with_settings(command: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
    """Give ``command`` the settings as first argument."""

    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        settings = read_settings()
        logs.configure(settings)
        return command(settings, *args, **kwargs)

    return opened


def with_front_desk(command: Callable[Concatenate[FrontDesk, P], R]) -> Callable[P, R]:
    """Give ``command`` the opened front desk as first argument."""

    @with_settings
    def opened(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with closing(open_front_desk(settings)) as desk:
            return command(desk, *args, **kwargs)

    return wraps(command)(opened)
