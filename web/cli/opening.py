"""What every command does first: read the settings and set up the log."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from web import logs
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
