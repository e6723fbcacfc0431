"""``guanwen ask`` as a person runs it: a new process for one question."""

import statistics
import subprocess
import time
from pathlib import Path

from benchmarks.state_folder import GUANWEN, environment

_RUNS = 5


def measure_cold_start(home: Path) -> dict[str, float]:
    """Seconds from pressing Enter to the answer, median."""
    took = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        subprocess.run(
            [GUANWEN, "ask", "离港确认归谁管"], env=environment(home), check=True, capture_output=True
        )
        took.append(time.perf_counter() - began)
    return {"guanwen ask from cold, s": statistics.median(took)}
