"""The open question set, where it stands beside the repository; the product does not need it."""

import json
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / "shared" / "eval" / "questions_dev.jsonl"
PLAN = "xiamen-2024-plan"

needs_open_set = pytest.mark.skipif(not PATH.is_file(), reason=f"the open question set is not at {PATH}")


def open_set() -> list[dict[str, Any]]:
    """Its questions as written in the file, or none where the file is missing."""
    if not PATH.is_file():
        return []
    return [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines() if line.strip()]
