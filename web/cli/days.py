"""A day as an option of a command: 2027-01-01."""

from datetime import date

import click

from web.speech import say


class _Day(click.ParamType[date, object]):
    """Read as a date, so that no command handles moments where it means days."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                say(f"{value} 不是 YYYY-MM-DD 形式的日期", f"{value} is no date of the form YYYY-MM-DD"),
                param,
                ctx,
            )


DAY = _Day()
"""For ``click.option(type=DAY)``."""
