"""Front doors: pages, API, command line and their settings.

Knows HTTP, the terminal, the environment and the clock; opens, commits and rolls back transactions.
Must never decide what an answer says (``bot``), what is true (``kb``) or how text is compared (``indexer``).
"""

import os

# For numpy, and so before anything imports it: a question's vector against a few thousand others is too small
# a product to share among cores. In several threads it takes as long, and the other cores spin meanwhile.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# For the model, and so before it is loaded: its threads wait for each other in a loop, on a core each.
# Where two questions share the cores, an unbounded loop holds up an answer for a second; this bound costs a
# question that is alone nothing.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")

__all__: list[str] = []
