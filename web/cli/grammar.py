"""Click commands that speak the operator's language: usage, headings, examples and usage errors."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from web.speech import say

_Described = type[click.ClickException]

_USAGE_ERRORS: Mapping[_Described, Callable[[Any], str]] = {
    click.NoSuchOption: lambda error: say(f"没有这个选项：{error.option_name}", error.format_message()),
    click.exceptions.NoSuchCommand: lambda error: say(
        f"没有这个命令：{error.command_name}", error.format_message()
    ),
    click.MissingParameter: lambda error: say(f"缺少参数：{_name(error)}", error.format_message()),
    click.BadParameter: lambda error: say(f"参数 {_name(error)} 的值不对", error.format_message()),
    click.UsageError: lambda error: say("命令写法不对", error.format_message()),
    click.ClickException: lambda error: say("命令没有完成", error.format_message()),
}


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line under our own word for it."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under our own heading, then the example."""
        _write_options(self, ctx, formatter)
        _write_example(self.example, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in the operator's language."""
        return _explained(super().get_help_option(ctx))


class Group(click.Group):
    """Commands imported when they are used, so that ``ask`` does not wait for a web server to load."""

    def __init__(self, *args: Any, places: Mapping[str, str], example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.example = example

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order an operator meets them."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command from its module, ``package.module:attribute``."""
        if cmd_name not in self.places:
            return None
        module, _, attribute = self.places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line under our own word for it."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands, then the example."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)
        _write_example(self.example, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first line of its help."""
        rows = [
            (name, command.get_short_help_str(100))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in the operator's language."""
        return _explained(super().get_help_option(ctx))


def usage_error_line(error: click.ClickException) -> str:
    """One line for a command written wrongly, with where to read more."""
    line = next(tell(error) for cls, tell in _USAGE_ERRORS.items() if isinstance(error, cls))
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "guanwen"
    return say(f"{line}（见 {path} --help）", f"{line.rstrip('.')} (see {path} --help)")


def _name(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx).strip("'") if error.param else ""


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, say("用法：", "Usage: "))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Arguments stand in the usage line already and have no text of their own."""
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx))]
    with formatter.section(say("选项", "Options")):
        formatter.write_dl(records)


def _write_example(example: str, formatter: click.HelpFormatter) -> None:
    with formatter.section(say("例", "Example")):
        for line in example.splitlines():
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def _explained(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("显示本说明", "Show this message and exit.")
    return option
