"""The sentences of our own that an answer may hold, from ``bot/data/wording.toml``."""

from collections.abc import Mapping

from bot.answer import Script
from bot.question.patterns import data
from indexer.text.script import to_script

ENGLISH = "en"


def say(key: str, script: Script, locale: str | None = None, **about: str) -> str:
    """The sentence ``key`` in English for locale ``en``, else in Chinese in the asker's script.

    ``about`` fills the gaps; a missing one is a KeyError, since an answer with a hole must not go out.
    """
    sentence = wordings()[key]
    if locale == ENGLISH:
        return sentence["en"].format(**about)
    return to_script(sentence["zh"].format(**about), script)


def wordings() -> Mapping[str, Mapping[str, str]]:
    """Every sentence by its key, each as ``zh`` and ``en``."""
    return data("wording")
