"""How text that is stored in one script is shown to a reader of another."""

from collections.abc import Mapping

from bot.answer import Script
from indexer.text.script import to_script
from kb.documents.knowledge import AgencyView
from web.locale import Locale

SCRIPTS: Mapping[Locale, Script] = {"zh-Hans": "hans", "zh-Hant": "hant"}
LANGUAGES: Mapping[str, Locale] = {"hans": "zh-Hans", "hant": "zh-Hant"}


def readable(text: str, locale: Locale) -> str:
    """``text`` in the script of a Chinese locale; as it stands for any other. Never for a verbatim quote."""
    script = SCRIPTS.get(locale)
    return to_script(text, script) if script else text


def agency_name(agency: AgencyView, locale: Locale) -> str:
    """An agency's official name for a reader of ``locale``."""
    return agency.name_hant if locale == "zh-Hant" else agency.name_hans
