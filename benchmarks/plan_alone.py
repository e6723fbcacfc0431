"""The corpus without the laws: encoding those takes minutes."""

import shutil
from pathlib import Path

_CORPUS = Path(__file__).parents[1] / "corpus"


def copy_plan_alone(to: Path) -> Path:
    """A copy of the corpus at ``to`` that holds the plan and nothing of the laws."""
    return Path(shutil.copytree(_CORPUS, to, ignore=_of_laws))


def _of_laws(folder: str, names: list[str]) -> list[str]:
    laws = ("sources.toml", "legal_basis.toml")
    return [name for name in names if name in laws or ("-law." in name and folder.endswith("questions"))]
