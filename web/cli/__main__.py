"""``python -m web.cli`` is ``guanwen``, for where the script is not on the path."""

from web.cli.program import main

main()
