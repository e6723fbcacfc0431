"""What commands do first that ask questions or handle tickets: open the front desk.

Apart from ``web.cli.opening``, since a desk brings all that answers a question, which takes a while to load.
"""

from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from web.cli.opening import with_settings
from web.settings import Settings
from web.state.front_desk import FrontDesk, open_front_desk

P = ParamSpec("P")
R = TypeVar("R")


def with_front_desk(command: Callable[Concatenate[FrontDesk, P], R]) -> Callable[P, R]:
    """Give ``command`` the opened front desk as first argument."""

    @with_settings
    def opened(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with closing(open_front_desk(settings)) as desk:
            return command(desk, *args, **kwargs)

    return wraps(command)(opened)
