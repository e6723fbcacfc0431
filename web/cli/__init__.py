"""The command ``guanwen``: one file per verb or noun, results on stdout, everything else on stderr."""

from web.cli.program import main

__all__ = ["main"]
