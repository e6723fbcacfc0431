"""What can be wrong with the text under the numbers of a document."""

from collections.abc import Iterator

from kb.problems import Flaw
from kb.text.blanks import BLANK
from kb.text.brackets import unpaired
from kb.text.outline import OutlineNode


def text_flaws(text: str, root: OutlineNode) -> Iterator[Flaw]:
    """Passages without words, and brackets without their partner."""
    passages = [node for node in root.walk() if node.citable or node.kind == "item"]
    if not text.strip(BLANK):
        yield Flaw(0, "正文是空的", "there is no text")
    elif all(node.kind == "preamble" for node in passages):
        yield Flaw(0, "正文里没有编号的条目", "the text has no numbered passage")
    for node in passages:
        if _empty(text, node):
            yield Flaw(node.start, f"“{node.label}”没有正文", f"{node.section} is empty")
        at = unpaired(text, node.start, node.end)
        if at is not None:
            yield Flaw(at, f"括号“{text[at]}”不成对", f"bracket {text[at]} has no partner")


def _empty(text: str, node: OutlineNode) -> bool:
    """A measure may be a single sentence; a paragraph that has a title must say more than that."""
    body = text[node.body_start : node.body_end]
    return not body or (node.kind == "paragraph" and body == node.heading)
