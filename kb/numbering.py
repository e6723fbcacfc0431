"""Whether the headings of a document are numbered without gap or repetition."""

from collections.abc import Iterator, Sequence

from kb.outline import Node

Flaw = tuple[int, str, str]


def numbering_flaws(nodes: Sequence[Node]) -> Iterator[Flaw]:
    """Each heading that does not follow its elder sibling, as (offset, Chinese reason, English reason).

    Numbers start at 1 under each parent. Measures may also run on through the whole document, as some plans
    number them, so the number after the last measure anywhere is right as well.
    """
    last: dict[str | None, int] = {}
    last_measure = 0
    for node in nodes:
        if node.kind == "preamble":
            continue
        number = int(node.section.rpartition(".")[2])
        expected = last.get(node.parent, 0) + 1
        runs_on = node.kind == "measure" and number == last_measure + 1 and expected == 1
        if number != expected and not runs_on:
            yield node.start, *_reasons(node, number, expected)
        last[node.parent] = number
        last_measure = number if node.kind == "measure" else last_measure


def _reasons(node: Node, number: int, expected: int) -> tuple[str, str]:
    if number < expected:
        return (
            f"编号 {node.label} 重复或倒退，应为 {expected}",
            f"number {node.label} comes again; expected {expected}",
        )
    return f"编号 {node.label} 跳号，应为 {expected}", f"number {node.label} skips; expected {expected}"
