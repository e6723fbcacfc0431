"""Conversations with labels, judged by what the last answer shows.

Each line of a file in ``tests/data/conversations`` holds the turns of one conversation and what is expected
of its last answer:

    status        statuses of which any will do
    first         passages of which any may stand first; empty: nothing is asked of the first
    also          passages that must be cited
    not           passages that must not be cited, except beside the answer
    measures      exactly these measures of the plan; null: nothing is asked of them
    count         a number that the answer must say, or show by as many measures
    must_contain  words that the answer must all show
    says          words of which the answer must show one
    suggestions   fewest and most things to tap where the answer asks back
    ticket        whether there must be a ticket
    parts         how many questions must be answered one by one

An answer that asks back, where that will do, is judged by its things to tap alone.
Everything is compared folded: one script, one width, no blanks, no punctuation.

    python -m tests.conversation_check tests/data/conversations/open.jsonl --home var --show
"""

import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer.text.folding import folded_text

Line = dict[str, Any]
Response = dict[str, Any]

PLAN = "xiamen-2024-plan"
KINDS = (
    "over_list",
    "changed_subject",
    "law_follow_up",
    "several",
    "denial_and_days",
    "ask_back",
    "person_and_mood",
    "long",
)
_MEASURE = re.compile(rf"{PLAN}/(2\.\d\.\d+)$")
_CHAPTERS = "一二三四五六"
_LABEL = re.compile(r"二、?\(([一二三四五六])\)(\d+)")
_PART = re.compile(r"\((\d)\)")
_DIGITS = "零一二三四五六七八九"
_COUNTED = "[项條条个個家件部]"


def judge(line: Line, responses: list[Response]) -> list[str]:
    """Why the last of ``responses`` is not what ``line`` expects; empty when it is."""
    if len(responses) != len(line["turns"]):
        return [f"{len(responses)} responses to {len(line['turns'])} turns"]
    expect, response = line["expect"], responses[-1]
    if response["status"] == "clarify" and "clarify" in expect["status"]:
        return [*_wrong_suggestions(expect, response), *_wrong_ticket(expect, response)]
    return [
        *_wrong_status(expect, response),
        *_wrong_ticket(expect, response),
        *_wrong_passages(expect, response),
        *_wrong_measures(expect, response),
        *_wrong_words(expect, response),
        *_wrong_parts(expect, response),
    ]


def _wrong_status(expect: Line, response: Response) -> Iterator[str]:
    if response["status"] not in expect["status"]:
        yield f"status {response['status']}, expected {' or '.join(expect['status'])}"


def _wrong_passages(expect: Line, response: Response) -> Iterator[str]:
    shown = _cited(response)
    if expect["first"] and (not shown or shown[0] not in expect["first"]):
        yield f"first is {shown[0] if shown else 'nothing'}, expected {' or '.join(expect['first'])}"
    cited = _cited(response, related=True)
    yield from (f"{passage} is not cited" for passage in expect["also"] if passage not in cited)
    yield from (f"{passage} is cited" for passage in expect["not"] if passage in shown)


def _wrong_measures(expect: Line, response: Response) -> Iterator[str]:
    wanted, shown = expect["measures"], list(_measures_shown(response))
    if wanted is not None and set(wanted) not in shown:
        yield f"measures {_written(shown[0])}, expected {_written(set(wanted))}"
    number = expect["count"]
    if number is None or _says_number(_answer(response), number):
        return
    if number == 0 or number not in (len(shown[0]), len(shown[-1])):
        yield f"the number {number} is not said"


def _wrong_words(expect: Line, response: Response) -> Iterator[str]:
    answer = _folded(_answer(response))
    yield from (
        f"「{words}」 is not said" for words in expect["must_contain"] if _folded(words) not in answer
    )
    says = expect["says"]
    if says and not any(_folded(words) in answer for words in says):
        yield f"none is said of 「{'」「'.join(says)}」"


def _wrong_suggestions(expect: Line, response: Response) -> Iterator[str]:
    least, most = expect["suggestions"] or (2, 5)
    if not least <= len(response["suggestions"]) <= most:
        yield f"{len(response['suggestions'])} suggestions, expected {least} to {most}"


def _wrong_ticket(expect: Line, response: Response) -> Iterator[str]:
    if expect["ticket"] is not None and expect["ticket"] != bool(response["ticket"]):
        yield "no ticket" if expect["ticket"] else "a ticket"


def _wrong_parts(expect: Line, response: Response) -> Iterator[str]:
    if expect["parts"] is not None and expect["parts"] != (parts := _parts(response)):
        yield f"{parts} parts, expected {expect['parts']}"


def _cited(response: Response, related: bool = False) -> list[str]:
    """The passages of the answer in their order, then those of its parts; those beside it only if wanted."""
    citations = [*response["citations"]]
    for part in response.get("parts") or []:
        citations += part["citations"]
    return [one["passage_id"] for one in citations if related or not one.get("related", False)]


def _measures_shown(response: Response) -> Iterator[set[str]]:
    """The measures that the answer shows, as each of the ways in which it may show them."""
    yield {found[1] for passage in _cited(response) if (found := _MEASURE.match(passage))}
    yield {found[1] for passage in _cited(response, related=True) if (found := _MEASURE.match(passage))}
    text = unicodedata.normalize("NFKC", _answer(response))
    yield {f"2.{_CHAPTERS.index(chapter) + 1}.{number}" for chapter, number in _LABEL.findall(text)}


def _answer(response: Response) -> str:
    parts = (part["answer"] for part in response.get("parts") or [])
    return "\n".join([response["answer"], *parts])


def _parts(response: Response) -> int:
    """How many questions are answered one by one: as parts, or numbered in the answer; else it is one."""
    if response.get("parts"):
        return len(response["parts"])
    numbers = {int(digit) for digit in _PART.findall(unicodedata.normalize("NFKC", response["answer"]))}
    count = 1
    while count in numbers:
        count += 1
    return max(count - 1, 1)


def _says_number(answer: str, number: int) -> bool:
    text = unicodedata.normalize("NFKC", answer).replace(" ", "")
    if number == 0:
        return any(words in text for words in ("没有", "沒有", "0项", "0項", "0条", "0條"))
    ways = "|".join((str(number), *_chinese(number)))
    return re.search(rf"(?<![\d{_DIGITS}十])(?:{ways})(?:{_COUNTED}|項)", text) is not None


def _chinese(number: int) -> list[str]:
    """The ways to write a number under a hundred: 二 and 两, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    start = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    written = start + (_DIGITS[ones] if ones or not tens else "")
    return [written, "两", "兩"] if number == 2 else [written]


def _folded(text: str) -> str:
    return "".join(char for char in folded_text(text) if char.isalnum())


def _written(measures: set[str]) -> str:
    numbers = sorted(measures, key=lambda section: [int(number) for number in section.split(".")])
    return " ".join(numbers) or "none"


def read_lines(path: Path) -> list[Line]:
    """The conversations of a file, in its order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def asked(lines: Iterable[Line], home: Path) -> dict[str, list[Response]]:
    """The responses to each conversation, from the command line over the state in ``home``."""
    questions = "".join(
        json.dumps({"id": line["id"], "turns": line["turns"]}, ensure_ascii=False) + "\n" for line in lines
    )
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "ask", "--jsonl"],
        input=questions,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "GUANWEN_HOME": str(home), "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"asking failed:\n{done.stderr}")
    answers = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    return {answer["id"]: answer["responses"] for answer in answers}


def report(lines: list[Line], responses: dict[str, list[Response]], show: bool) -> str:
    """Right and asked by kind; with ``show`` each failure first, with its turns, its reasons, its answer."""
    right, total, failures = Counter[str](), Counter[str](), []
    for line in lines:
        reasons = judge(line, responses.get(line["id"], []))
        total[line["kind"]] += 1
        right[line["kind"]] += not reasons
        if reasons:
            failures.append(_failure(line, reasons, responses.get(line["id"], [])))
    counts = [f"{kind:16} {right[kind]:4} of {total[kind]:4}" for kind in KINDS if total[kind]]
    return "\n".join(
        [*(failures if show else []), *counts, f"{'all':16} {right.total():4} of {total.total():4}"]
    )


def _failure(line: Line, reasons: list[str], responses: list[Response]) -> str:
    answer = " ".join(responses[-1]["answer"].split())[:160] if responses else ""
    turns = " → ".join(line["turns"])
    return f"{line['id']} {turns}\n    {'; '.join(reasons)}\n    {line['why']}\n    {answer}\n"


def main() -> None:
    """Ask a file of conversations and tell how many were answered as expected."""
    parser = argparse.ArgumentParser(description="Ask labelled conversations and judge the last answers.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, required=True, help="a state with its corpus loaded and indexed")
    parser.add_argument("--show", action="store_true", help="show what failed, and why")
    given = parser.parse_args()
    lines = read_lines(given.file)
    sys.stdout.write(report(lines, asked(lines, given.home), given.show) + "\n")


if __name__ == "__main__":
    main()
