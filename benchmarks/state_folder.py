"""A state folder made by the real ``guanwen init``, and questions that no index entry holds word for word."""

import os
import subprocess
import sys
from pathlib import Path

GUANWEN = Path(sys.executable).with_name("guanwen")

# Asked in turn: look-ups in other words than the curated ones, structural questions, both scripts,
# and questions that end as kept tickets, so that every kind of writing is measured too.
_QUESTIONS = (
    "冻虾夜里到港能不能马上报关",
    "離港確認這個辦法是誰在推",
    "锂电池包装厂里自检海关认不认",
    "海事局负责哪些措施",
    "跨境电商有哪几条",
    "二、(六)7",
    "岸电一度电多少钱",
    "碳足迹平台的网址是多少",
    "高崎机场转机要不要再办边检",
    "船员体检能不能一次办完",
    "舱单改错了一个字要罚多少",
    "空运貨在飛機旁邊就能提嗎",
)


def questions() -> tuple[str, ...]:
    """The questions every measurement uses."""
    return _QUESTIONS


def environment(home: Path) -> dict[str, str]:
    """An environment with this state folder and a rate limit that does not bind."""
    return os.environ | {
        "GUANWEN_HOME": str(home),
        "GUANWEN_RATE_PER_MINUTE": "0",
        "GUANWEN_LOCALE": "en",
    }


def by_words(home: Path) -> dict[str, str]:
    """The same without meaning: making vectors beside a measurement would be measured with it."""
    return environment(home) | {"GUANWEN_SEMANTICS": "off"}


def state_folder(home: Path) -> Path:
    """``home`` with the corpus loaded and the index built."""
    subprocess.run([GUANWEN, "init"], env=environment(home), check=True, capture_output=True)
    return home
