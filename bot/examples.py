"""Questions that show a newcomer what can be asked; a test asks every one of them."""

from bot.answer import Script
from indexer.text.script import to_script

_EXAMPLES = (
    "锂电池出口包装检验有什么新做法？",
    "“离港确认”模式归谁管？",
    "厦门海事局负责哪些措施？",
    "跨境电商能用上哪几条？",
    "二、(六)7 讲的是什么？",
    "高崎机场转机还要办边检手续吗？",
)


def example_questions(script: Script) -> tuple[str, ...]:
    """Questions for the opening of the chat, in ``script``."""
    return tuple(to_script(question, script) for question in _EXAMPLES)
