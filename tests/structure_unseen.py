"""Writes tests/data/structure/unseen.jsonl: questions in words that the generator does not know.

    python -m tests.structure_unseen --home DIR --home DIR

``DIR`` are state folders that hold the plans. Some questions are by hand, each with what is right told in
short; the rest is made of the wordings in held_out.toml, up to ``EACH`` for every plan.

What is right begins with what is asked for: M measures, C how many, A agencies, AC how many agencies,
P measures of each section, PT of the fullest, K a greatest number. Meant are the measures that pass all of:
``+a`` agency a takes part, ``-a`` does not, ``a/b`` one of them does, ``only:a`` nobody else does, ``lead:a``
it stands first, ``@2.4`` in the section (``@2.4/2.5`` in either), ``!@2.4`` elsewhere, ``m:2.2.4`` that one,
``!2.2.4`` not that one, ``n=2`` and ``n>=2`` so many agencies, ``one`` a single one, ``most`` the most,
``duty`` with 按职责分工负责, ``noduty`` without, ``nobody`` without agencies; then ``first`` or ``last``.
Of agencies: ``less:a`` all of the measures' but a, ``once``, ``busiest``, ``times=3`` and ``times>=3`` by
their measures, ``never:a`` and ``close:a`` never and oftenest beside a, ``in:2.3&2.5`` in both,
``onlyin:2.3`` nowhere else.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.structure_check import UNSEEN, expected_as_json, plans_in
from tests.structure_questions import (
    Expected,
    Measure,
    PlanFacts,
    StructureQuestion,
    structure_questions,
    wordings,
)

DATA = UNSEEN.parent
EACH = 300
SHORT = {
    "customs": ("xiamen-customs", "binhai-customs"),
    "ftz": ("ftz-committee",),
    "port": ("port-authority",),
    "group": ("port-group",),
    "yuanhai": ("yuanhai-terminal",),
    "commerce": ("commerce-bureau",),
    "office": ("port-office",),
    "reform": ("development-reform",),
    "market": ("market-regulation",),
    "transport": ("transport-bureau",),
    "msa": ("xiamen-msa",),
    "xiangyu": ("xiangyu-group",),
    "iport": ("iport-group",),
    "border": ("border-inspection",),
    "bank": ("financial-regulation",),
    "localfin": ("local-finance",),
    "finance": ("finance-bureau",),
    "air": ("xiamen-air",),
    "eport": ("e-port-company",),
    "broker": ("brokers-association",),
    "data": ("data-administration", "data-bureau"),
}


class Reading:
    """What is right by a short expression, in one plan."""

    def __init__(self, facts: PlanFacts, told: str) -> None:
        self._facts = facts
        self._asked, *self._words = told.split()
        self._used: set[str] = set()

    def expected(self) -> Expected:
        """The answer; an unknown word is an error."""
        found = self._measures()
        answer = self._answer(found)
        assert self._used == {*self._words}, {*self._words} - self._used
        return answer

    def _answer(self, found: Sequence[Measure]) -> Expected:
        match self._asked:
            case "M":
                return Expected(measures=frozenset(one.id for one in found))
            case "C":
                return Expected(count=len(found))
            case "A" | "AC":
                bodies = self._agencies(found)
                return Expected(count=len(bodies)) if self._asked == "AC" else Expected(agencies=bodies)
            case "K":
                busiest = self._is("busiest")
                sizes = [self._facts.size(one) for one in found]
                return Expected(count=max(self._facts.counts.values()) if busiest else max(sizes))
        counted = {key: sum(one in found for one in own) for key, own in self._facts.sections.items()}
        most = {key: n for key, n in counted.items() if n == max(counted.values())}
        assert self._asked == "P" or len(most) == 1
        return Expected(per_section=counted if self._asked == "P" else most)

    def _is(self, word: str) -> bool:
        self._used |= {word} & {*self._words}
        return word in self._words

    def _values(self, pattern: str) -> list[str]:
        """What the words of this form hold."""
        found = [(word, match) for word in self._words if (match := re.fullmatch(pattern, word))]
        self._used |= {word for word, _ in found}
        return [match[1] for _, match in found]

    def id(self, short: str) -> str:
        """The agency's id in this plan."""
        return next(key for key in SHORT[short] if key in self._facts.agencies)

    def _measures(self) -> list[Measure]:
        found = [*self._facts.measures]
        for pattern, passes in PASSES.items():
            for value in self._values(pattern):
                found = [one for one in found if passes(self, one, value)]
        return found[:1] if self._is("first") else found[-1:] if self._is("last") else found

    def size(self, measure: Measure) -> int:
        """How many agencies it names; a collective is not one."""
        return self._facts.size(measure)

    def most(self) -> int:
        """The most agencies that a measure names."""
        return max(map(self._facts.size, self._facts.measures))

    def _agencies(self, found: Sequence[Measure]) -> frozenset[str]:
        facts, counts = self._facts, self._facts.counts
        bodies = facts.bodies(found) - {self.id(name) for name in self._values(r"less:(\w+)")}
        if self._is("once"):
            bodies = frozenset(key for key, n in counts.items() if n == 1)
        if self._is("busiest"):
            bodies = frozenset(key for key, n in counts.items() if n == max(counts.values()))
        for n in self._values(r"times=(\d+)"):
            bodies = frozenset(key for key, own in counts.items() if own == int(n))
        for n in self._values(r"times>=(\d+)"):
            bodies = frozenset(key for key, own in counts.items() if own >= int(n))
        for name in self._values(r"never:(\w+)"):
            bodies = frozenset({*counts} - {*self._beside(name)} - {self.id(name)})
        for name in self._values(r"close:(\w+)"):
            beside = self._beside(name)
            bodies = frozenset(key for key, n in beside.items() if n == max(beside.values()))
        for first, second in (places.split("&") for places in self._values(r"in:([\d.&]+)")):
            bodies = facts.bodies(facts.sections[first]) & facts.bodies(facts.sections[second])
        for place in self._values(r"onlyin:([\d.]+)"):
            others = facts.bodies([one for one in facts.measures if one.parent != place])
            bodies = (facts.bodies(facts.sections[place]) - others) & {*counts}
        return bodies

    def _beside(self, short: str) -> Counter[str]:
        own = self.id(short)
        together = [one.agencies for one in self._facts.measures if own in one.agencies]
        return Counter(key for keys in together for key in keys if key != own and key in self._facts.counts)


def _within(measure: Measure, places: str) -> bool:
    return any(measure.section.startswith(f"{place}.") for place in places.split("/"))


PASSES: dict[str, Callable[[Reading, Measure, str], bool]] = {
    r"\+(\w+)": lambda reading, one, name: reading.id(name) in one.agencies,
    r"-(\w+)": lambda reading, one, name: reading.id(name) not in one.agencies,
    r"(\w+/\w+)": lambda reading, one, names: bool(
        {reading.id(name) for name in names.split("/")} & {*one.agencies}
    ),
    r"only:(\w+)": lambda reading, one, name: one.agencies == (reading.id(name),),
    r"lead:(\w+)": lambda reading, one, name: one.agencies[0] == reading.id(name),
    r"@([\d./]+)": lambda _, one, places: _within(one, places),
    r"!@([\d.]+)": lambda _, one, places: not _within(one, places),
    r"m:([\d.]+)": lambda _, one, section: one.section == section,
    r"!(\d[\d.]*)": lambda _, one, section: one.section != section,
    r"n=(\d+)": lambda reading, one, n: reading.size(one) == int(n),
    r"n>=(\d+)": lambda reading, one, n: reading.size(one) >= int(n),
    r"(one)": lambda reading, one, _: len(one.agencies) == 1 == reading.size(one),
    r"(most)": lambda reading, one, _: reading.size(one) == reading.most(),
    r"(duty)": lambda _, one, __: "按职责分工负责" in one.text,
    r"(noduty)": lambda _, one, __: "按职责分工负责" not in one.text,
    r"(nobody)": lambda _, one, __: not one.agencies,
}


def by_hand(plans: dict[str, PlanFacts]) -> list[tuple[str, StructureQuestion]]:
    """The questions written by hand, each with its plan."""
    found: list[tuple[str, StructureQuestion]] = []
    plan = ""
    for line in (DATA / "by_hand.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            plan = line.removeprefix("= ")
        if line.startswith(("#", "=")) or not line:
            continue
        kind, told, turns = (field.strip() for field in line.split("|"))
        facts = plans[plan]
        expected, other = Reading(facts, told).expected(), Reading(facts.by_members, told).expected()
        named_only = kind in {"single", "exactly", "at_least_marked"}
        expected = replace(expected, other=None if named_only or other == expected else other)
        asked = tuple(turn.strip() for turn in turns.split("→"))
        found.append((plan, StructureQuestion(f"{plan}-hand-{len(found) + 1:03}", kind, asked, expected)))
    return found


def held_out(facts: PlanFacts, n: int) -> list[tuple[str, StructureQuestion]]:
    """So many made of the wordings kept back."""
    words = wordings(DATA / "held_out.toml")
    made = structure_questions(facts, n, seed=7, words={**wordings(), **words})
    return [
        (facts.document_id, replace(one, id=f"{facts.document_id}-held-{number:03}"))
        for number, one in enumerate(made, 1)
    ]


def _line(plan: str, one: StructureQuestion) -> str:
    told: dict[str, Any] = {"id": one.id, "plan": plan, "kind": one.kind, "turns": one.turns}
    return json.dumps({**told, "expected": expected_as_json(one.expected)}, ensure_ascii=False)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.structure_unseen")
    parser.add_argument("--home", type=Path, action="append", required=True, help="a state folder")
    plans = {key: facts for home in parser.parse_args().home for key, facts in plans_in(home).items()}
    written = by_hand(plans)
    for plan, facts in plans.items():
        written += held_out(facts, EACH - sum(of == plan for of, _ in written))
    written = Random(3).sample(written, len(written))  # noqa: S311 - an order, nothing secret
    UNSEEN.write_text("".join(_line(plan, one) + "\n" for plan, one in written), encoding="utf-8")


if __name__ == "__main__":
    main()
