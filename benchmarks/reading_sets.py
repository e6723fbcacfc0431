"""Public reading sets in SQuAD form: each question must find its own paragraph."""

import json
import lzma
from pathlib import Path

SETS = {"DRCD": "DRCD_dev.json.xz", "CMRC": "cmrc2018_trial.json.xz"}


def read_set(path: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """Distinct paragraphs, and questions each with its paragraph's position."""
    positions: dict[str, int] = {}
    asked = []
    for article in json.loads(lzma.decompress(path.read_bytes()))["data"]:
        for paragraph in article["paragraphs"]:
            position = positions.setdefault(paragraph["context"], len(positions))
            asked.extend((question["question"], position) for question in paragraph["qas"])
    return list(positions), asked
