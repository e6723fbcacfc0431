"""Whether an answer is what a question on a plan's structure must get, and how many of many are.

    python -m tests.structure_check --home DIR [--sample N] [--kind KIND] [--unseen] [--show]

asks ``guanwen ask --jsonl`` with ``DIR`` as the state folder, which ``guanwen init`` has made, about every
plan that ``DIR`` holds, and prints right and asked by kind. Failures go to a file in ``DIR``; those of the
unseen questions are told only with ``--show``, since who reads them has seen them.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from kb.documents.knowledge import documents
from kb.store.db import make_engine, session_factory
from tests.structure_questions import (
    TO_SIMPLIFIED,
    Expected,
    PlanFacts,
    StructureQuestion,
    numeral,
    plan_facts,
    structure_questions,
)

ROOT = Path(__file__).parent.parent
UNSEEN = ROOT / "tests/data/structure/unseen.jsonl"
NUMERALS = "零〇一二两三四五六七八九十百"
COUNTED = rf"(?<![第\d{NUMERALS}.(])(\d+|[{NUMERALS}]+)\s*"
# What is counted of measures, and of agencies.
OF_MEASURES = re.compile(COUNTED + r"(?:[条项件]|个(?!单位|部门|小?节|部分))")
OF_AGENCIES = re.compile(COUNTED + r"(?:家|个(?!措施|任务|条款|小?节|部分))")
AGENCY_COUNTS = {
    "largest_count",
    "measure_agencies_count",
    "partners_count",
    "rarest_count",
    "section_agencies_count",
    "total_agencies",
}
NONE = re.compile(r"没有|并无|未|无|不存在|零|(?<!\d)0(?!\d)")
QUOTE = re.compile(r"「[^」]*」|『[^』]*』", re.DOTALL)


def fault(question: StructureQuestion, answer: Mapping[str, Any], facts: PlanFacts) -> str | None:
    """Why the answer is not what is expected, or None where it is."""
    if answer.get("status") != "answered":
        return f"status {answer.get('status')}, {answer.get('reason')}"
    first = _fault(question, question.expected, answer, facts)
    other = question.expected.other
    return None if other and not _fault(question, other, answer, facts) else first


def _fault(
    question: StructureQuestion, expected: Expected, answer: Mapping[str, Any], facts: PlanFacts
) -> str | None:
    text = plain(answer.get("answer") or "")
    reasons = []
    if expected.measures is not None:
        reasons.append(_wrong_measures(expected.measures, answer, text))
    if expected.count is not None:
        reasons.append(_wrong_count(expected.count, text, agencies=question.kind in AGENCY_COUNTS))
    if expected.agencies is not None:
        reasons.append(_wrong_agencies(expected.agencies, answer, text, plain(question.turns[-1]), facts))
    if expected.per_section is not None:
        reasons.append(_wrong_sections(expected.per_section, text, facts))
    return next((reason for reason in reasons if reason), None)


def plain(text: str) -> str:
    """Simplified and half-width, without quotes of the source: what numbers and names are looked for in."""
    return str(TO_SIMPLIFIED.convert(unicodedata.normalize("NFKC", QUOTE.sub("", text))))


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[。!?;\n]|:\n", text) if one.strip()]


def _wrong_measures(wanted: frozenset[str], answer: Mapping[str, Any], text: str) -> str | None:
    cited = {one["passage_id"] for one in answer.get("citations") or () if not one.get("related", False)}
    if cited != wanted:
        return f"missing {_told(wanted - cited)}, not asked for {_told(cited - wanted)}"
    if not wanted and not any(NONE.search(one) for one in _sentences(text)[:2]):
        return "does not say that there are none"
    return None


def value(word: str) -> int:
    """The number that digits or Chinese numerals say; -1 for what is no number."""
    if word.isdigit():
        return int(word)
    known = {numeral(n): n for n in range(100)} | {"两": 2, "〇": 0}
    return known.get(word, -1)


def _wrong_count(wanted: int, text: str, *, agencies: bool) -> str | None:
    pattern = OF_AGENCIES if agencies else OF_MEASURES
    for sentence in _sentences(text)[:2]:
        said = [value(word) for word in pattern.findall(sentence)]
        if wanted in said or (wanted == 0 and not said and NONE.search(sentence)):
            return None
        if said:
            return f"says {said}, not {wanted}"
    return f"says no number, not {wanted}"


def _wrong_agencies(
    wanted: frozenset[str], answer: Mapping[str, Any], text: str, asked: str, facts: PlanFacts
) -> str | None:
    """Collectives may be named or not, unless nothing else is wanted; so may agencies of the question."""
    names = {plain(name): key for key, one in facts.agencies.items() for name in one.names}
    collective = {key for key, one in facts.agencies.items() if one.collective}
    free = (collective | _named(asked, names)) - wanted
    listed = {names.get(plain(one["name"]), one["name"]) for one in answer.get("agencies") or ()}
    sentences = _sentences(text)
    readings = [_named("\n".join(sentences[:n]), names) for n in range(1, len(sentences) + 1)]
    if listed - collective == wanted or listed == wanted or any(one - free == wanted for one in readings):
        return None
    best = max(readings, key=lambda one: len(one & wanted) - len(one - free - wanted), default=set())
    return f"agencies missing {_told(wanted - best)}, not asked for {_told(best - free - wanted)}"


def _named(text: str, names: Mapping[str, str]) -> set[str]:
    """The agencies that a text names; of names one in the other, the longer."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return {names[found] for found in re.findall(pattern, text)}


def _wrong_sections(wanted: Mapping[str, int], text: str, facts: PlanFacts) -> str | None:
    """A section without any may go unnamed."""
    said = _said_of_sections(text, facts)
    wrong = {key: said.get(key) for key, n in wanted.items() if said.get(key, 0) != n}
    return f"sections: says {wrong}, not { ({key: wanted[key] for key in wrong}) }" if wrong else None


def _said_of_sections(text: str, facts: PlanFacts) -> dict[str, int]:
    """The first number between a section's name and the next section's, or that of its sentence."""
    calls = _calls(facts)
    pattern = re.compile("|".join(re.escape(name) for name in sorted(calls, key=len, reverse=True)))
    said: dict[str, int] = {}
    found = list(pattern.finditer(text))
    for here, after in zip(found, [*found[1:], None], strict=True):
        between = text[here.end() : after.start() if after else len(text)]
        if counted := OF_MEASURES.search(between):
            said.setdefault(calls[here[0]], value(counted[1]))
        elif NONE.search(between):
            said.setdefault(calls[here[0]], 0)
    for sentence in _sentences(text):
        sections = {calls[name] for name in pattern.findall(sentence)}
        counted = OF_MEASURES.search(sentence)
        if len(sections) == 1 and counted:
            said.setdefault(*sections, value(counted[1]))
    return said


def _calls(facts: PlanFacts) -> dict[str, str]:
    """Names that mean one section only."""
    found: list[tuple[str, str]] = []
    for one in facts.headings:
        if one.section in facts.sections:
            label, mark = plain(one.label), plain(one.label).rpartition("、")[2]
            word = mark.strip("()")
            found += [
                (name, one.section) for name in (label, one.heading, mark, f"第{word}节", f"第{mark}节")
            ]
    times = Counter(name for name, _ in found)
    return {name: section for name, section in found if name and times[name] == 1}


def _told(ids: Iterable[str]) -> str:
    return " ".join(sorted(one.rpartition("/")[2] for one in ids)) or "none"


def expected_as_json(expected: Expected) -> dict[str, Any]:
    """What is expected, for a line of a question set."""
    told: dict[str, Any] = {}
    for field in ("measures", "agencies"):
        if getattr(expected, field) is not None:
            told[field] = sorted(getattr(expected, field))
    if expected.count is not None:
        told["count"] = expected.count
    if expected.per_section is not None:
        told["per_section"] = dict(expected.per_section)
    return told | ({"other": expected_as_json(expected.other)} if expected.other else {})


def expected_from(told: Mapping[str, Any]) -> Expected:
    """What is expected, from a line of a question set."""
    sets = {name: frozenset(told[name]) for name in ("measures", "agencies") if name in told}
    rest = {name: told[name] for name in ("count", "per_section") if name in told}
    return Expected(**sets, **rest, other=expected_from(told["other"]) if "other" in told else None)


def unseen_questions() -> list[tuple[str, StructureQuestion]]:
    """The questions kept back, each with its plan."""
    lines = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]
    return [
        (
            one["plan"],
            StructureQuestion(one["id"], one["kind"], tuple(one["turns"]), expected_from(one["expected"])),
        )
        for one in lines
    ]


def plans_in(home: Path) -> dict[str, PlanFacts]:
    """The plans that a state folder holds."""
    engine = make_engine(f"sqlite:///{home / 'guanwen.db'}")
    try:
        with session_factory(engine)() as session:
            return {one.id: plan_facts(session, one.id) for one in documents(session, kind="plan")}
    finally:
        engine.dispose()


def asked(home: Path, questions: Sequence[StructureQuestion]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each question's id with the answer to its last turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        lines = [json.dumps({"id": one.id, "turns": one.turns}, ensure_ascii=False) for one in questions]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", "ask", "--jsonl", str(path)],
            cwd=ROOT,
            env={**os.environ, "GUANWEN_HOME": str(home.absolute()), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            text=True,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    for line in done.stdout.splitlines():
        told = json.loads(line)
        yield told["id"], told["responses"][-1]


def sampled(questions: Sequence[StructureQuestion], n: int, seed: int) -> list[StructureQuestion]:
    """``n`` of them, as evenly over the kinds as may be; all of them for 0."""
    rng = Random(seed)  # noqa: S311 - the same sample every time, nothing secret
    by_kind: dict[str, list[StructureQuestion]] = {}
    for one in rng.sample(questions, len(questions)):
        by_kind.setdefault(one.kind, []).append(one)
    longest = max(map(len, by_kind.values()), default=0)
    mixed = [kept[turn] for turn in range(longest) for kept in by_kind.values() if turn < len(kept)]
    return mixed[: n or None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, count, and say where the failures are."""
    parser = argparse.ArgumentParser(prog="python -m tests.structure_check")
    parser.add_argument("--home", type=Path, required=True, help="a state folder that guanwen init has made")
    parser.add_argument("--sample", type=int, default=0, help="ask so many, evenly over the kinds; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--kind", action="append", help="only this kind; may be given again")
    parser.add_argument("--unseen", action="store_true", help="ask the questions kept back")
    parser.add_argument("--show", action="store_true", help="print each failure")
    wish = parser.parse_args(arguments)
    plans = plans_in(wish.home)
    if wish.unseen:
        able = [(plan, one) for plan, one in unseen_questions() if plan in plans]
    else:
        able = [(plan, one) for plan, facts in plans.items() for one in structure_questions(facts)]
    plan_of = {one.id: plan for plan, one in able}
    wanted = [one for _, one in able if not wish.kind or one.kind in wish.kind]
    questions = sampled(wanted, wish.sample, wish.seed)
    right, failures = Counter[str](), []
    by_id = {one.id: one for one in questions}
    for key, answer in asked(wish.home, questions):
        one = by_id[key]
        reason = fault(one, answer, plans[plan_of[key]])
        right[one.kind] += not reason
        if reason:
            failures.append(f"{one.kind}\t{key}\t{' → '.join(one.turns)}\t{reason}")
    _report(Counter(one.kind for one in questions), right)
    if wish.show:
        sys.stdout.write("\n".join(failures) + "\n")
    elif not wish.unseen:
        path = wish.home / "structure-failures.tsv"
        path.write_text("\n".join(failures) + "\n", encoding="utf-8")
        sys.stdout.write(f"failures: {path}\n")


def _report(put: Counter[str], right: Counter[str]) -> None:
    for kind in sorted(put):
        sys.stdout.write(f"{kind:28}{right[kind]:6} of {put[kind]}\n")
    sys.stdout.write(f"{'all':28}{right.total():6} of {put.total()}\n")


if __name__ == "__main__":
    main()
