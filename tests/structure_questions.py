"""Questions on the structure of a plan, with the answer counted out from the plan itself.

A plan is a tree: parts, sections, numbered measures, each with the agencies that its last bracket names.
Whoever asks which, how many, who, with whom, without whom, where, gets an answer that can be counted; here it
is counted by set comprehension over ``PlanFacts``, without any of the product's reading of questions.

An agency takes part in a measure where the measure names it. A collective such as 各成员单位 stands for
nobody in particular: it is not counted among agencies, and a measure that names nothing else has none.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any

from opencc import OpenCC
from sqlalchemy.orm import Session

from kb.documents import knowledge

WORDINGS = Path(__file__).parent / "data" / "structure" / "wordings.toml"
DIGITS = "零一二三四五六七八九"
# What a plan that names leaders and helpers leaves open: whether a helper is "responsible".
OF_RESPONSIBILITY = re.compile("负责|責任|责任|負責|管|承担|包办|归|扛")
TO_TRADITIONAL = tuple(OpenCC(way) for way in ("s2t", "s2tw", "s2hk"))
TO_SIMPLIFIED = OpenCC("t2s")


@dataclass(frozen=True)
class Agency:
    """``names`` begins with the official one, in simplified characters; ``members`` are a collective's."""

    id: str
    names: tuple[str, ...]
    collective: bool
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """``id`` is the passage's, ``section`` its place such as 2.3.4; ``agencies`` in the order of the text."""

    id: str
    section: str
    label: str
    heading: str
    text: str
    agencies: tuple[str, ...]

    @property
    def parent(self) -> str:
        """The section it stands in."""
        return self.section.rpartition(".")[0]

    @property
    def part(self) -> str:
        """The part it stands in."""
        return self.section.partition(".")[0]


@dataclass(frozen=True)
class Heading:
    """A part (``section`` without a dot) or a section of the plan, with its label as written."""

    section: str
    label: str
    heading: str


@dataclass(frozen=True)
class PlanFacts:
    """A plan as a tree. ``ranked`` where it names leaders and helpers, not just agencies.

    ``headings`` holds also those without measures, for a name like 第一节 may mean them.
    """

    document_id: str
    title: str
    headings: tuple[Heading, ...]
    measures: tuple[Measure, ...]
    agencies: Mapping[str, Agency]
    ranked: bool
    literal: "PlanFacts | None" = None

    @cached_property
    def counts(self) -> Counter[str]:
        """In how many measures each agency is named; no collectives."""
        named = Counter(agency for measure in self.measures for agency in measure.agencies)
        return Counter({key: n for key, n in named.items() if not self.agencies[key].collective})

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """How often to ask of each agency."""
        return (self.literal or self).counts

    @cached_property
    def by_members(self) -> "PlanFacts":
        """The plan as one may also read it: a collective stands for its members, where they are known."""
        members = {key: one.members for key, one in self.agencies.items()}
        measures = tuple(
            replace(
                one, agencies=tuple(dict.fromkeys(a for key in one.agencies for a in (key, *members[key])))
            )
            for one in self.measures
        )
        return replace(self, measures=measures, literal=self)

    @cached_property
    def numbered_through(self) -> bool:
        """Whether the numbers of measures go on from section to section."""
        numbers = [one.section.rpartition(".")[2] for one in self.measures]
        return len(set(numbers)) == len(numbers)

    @cached_property
    def sections(self) -> dict[str, list[Measure]]:
        """The measures of each section that has any, in order."""
        found: dict[str, list[Measure]] = {}
        for measure in self.measures:
            found.setdefault(measure.parent, []).append(measure)
        return found

    @cached_property
    def places(self) -> dict[str, list[Measure]]:
        """The measures of each section, and of each part where more than one part has any."""
        parts: dict[str, list[Measure]] = {}
        for measure in self.measures:
            parts.setdefault(measure.part, []).append(measure)
        return self.sections | (parts if len(parts) > 1 else {})

    def size(self, measure: Measure) -> int:
        """How many agencies it names; a collective is not one."""
        return sum(not self.agencies[key].collective for key in measure.agencies)

    def vague(self, measure: Measure) -> bool:
        """Whether it names a collective, so that nobody can say how many take part."""
        return self.size(measure) < len(measure.agencies)

    def sized_vaguely(self, measure: Measure, n: int, marked: bool) -> bool:
        """Whether people might differ on whether it names ``n`` agencies, or at least so many."""
        if not self.vague(measure) or self.size(measure) >= n:
            return False
        known = max((len(self.agencies[key].members) for key in measure.agencies), default=0)
        return self.size(measure) > 0 or (not marked and known >= n)

    def bodies(self, measures: Sequence[Measure]) -> frozenset[str]:
        """The agencies named in these measures; collectives only where nobody else is."""
        named = {agency for measure in measures for agency in measure.agencies}
        return frozenset({key for key in named if not self.agencies[key].collective} or named)

    def holds(self, outer: str, inner: str) -> bool:
        """Whether the first agency's name is a piece of the second's: 市商务局 and 市商务局(口岸办)."""
        return outer != inner and self.agencies[outer].names[0] in self.agencies[inner].names[0]

    @cached_property
    def outer(self) -> frozenset[str]:
        """Agencies whose name is a piece of another's: to say that they take no part is ambiguous."""
        return frozenset(a for a in self.counts if any(self.holds(a, b) for b in self.counts))


@dataclass(frozen=True)
class Expected:
    """What an answer must hold, exactly; None where the question does not ask for it.

    ``other`` is as right: where a collective is read as its members, and these are known.
    """

    measures: frozenset[str] | None = None
    count: int | None = None
    agencies: frozenset[str] | None = None
    per_section: Mapping[str, int] | None = None
    other: "Expected | None" = None


@dataclass(frozen=True)
class StructureQuestion:
    """``turns`` is a conversation; ``expected`` is of its last answer."""

    id: str
    kind: str
    turns: tuple[str, ...]
    expected: Expected


# A slot is a text, several texts of which each use takes one, or a function that makes one.
Slot = str | Sequence[str] | Callable[[], str]


@dataclass(frozen=True)
class Drawn:
    """What a question is about, and its answer."""

    slots: Mapping[str, Slot]
    expected: Expected


def plan_facts(session: Session, document_id: str) -> PlanFacts:
    """The plan's tree as the knowledge base holds it."""
    nodes = knowledge.outline(session, document_id)
    measures = [node for node in nodes if node.kind == "measure"]
    views = {view.id: view for view in knowledge.agencies(session)}
    used = {mention.agency.id for node in measures for mention in node.agencies}
    return PlanFacts(
        document_id,
        _simplified(knowledge.document(session, document_id).title),
        tuple(
            Heading(node.section, node.label, _simplified(node.heading or ""))
            for node in nodes
            if node.heading and node.kind != "measure" and re.fullmatch(r"\d+(\.\d+)?", node.section)
        ),
        tuple(
            Measure(
                node.id,
                node.section,
                node.label,
                _simplified(node.heading or ""),
                _simplified(node.text),
                tuple(dict.fromkeys(mention.agency.id for mention in node.agencies)),
            )
            for node in measures
        ),
        {
            key: Agency(key, _names(views, key), views[key].collective, views[key].members)
            for key in sorted(used)
        },
        any(mention.role == "lead" for node in measures for mention in node.agencies),
    )


def _simplified(text: str) -> str:
    return str(TO_SIMPLIFIED.convert(text))


def _names(views: Mapping[str, knowledge.AgencyView], key: str) -> tuple[str, ...]:
    """The official name, then the others that are no piece of another body's name, each once.

    A body whose official name is a piece of another's goes by names that are at least as long.
    """
    official = views[key].name_hans
    others = [view.name_hans for view in views.values() if view.id != key]
    nested = any(official in other for other in others)
    aliases = (_simplified(alias) for alias in views[key].aliases)
    fit = [
        name
        for name in aliases
        if 2 <= len(name) <= 14
        and not any(name in other for other in others)
        and not (nested and official not in name)
    ]
    return tuple(dict.fromkeys((official, *fit)))


@cache
def wordings(path: Path = WORDINGS) -> dict[str, Any]:
    """The templates, as the file holds them."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def structure_questions(
    facts: PlanFacts, n: int = 10_000, seed: int = 20261130, words: Mapping[str, Any] | None = None
) -> Iterator[StructureQuestion]:
    """``n`` different questions on the plan, each kind in turn as long as it has any new ones.

    ``words`` are other wordings than those of the file, of the kinds that have any.
    """
    wording = Wording(facts, Random(seed), words or wordings())  # noqa: S311 - always the same, nothing secret
    asked: set[tuple[str, ...]] = set()
    failures: Counter[str] = Counter()
    known = {*wording.data["kind"], *(f"+{kind}" for kind in wording.data["follow"])}
    kinds = [kind for kind in (*KINDS, *FOLLOWS) if kind in known]
    while len(asked) < n and kinds:
        for kind in list(kinds):
            made = _made(facts, kind, wording)
            if made is None or made[0] in asked:
                failures[kind] += 1
                if failures[kind] > 400:
                    kinds.remove(kind)
                continue
            failures[kind] = 0
            asked.add(made[0])
            yield StructureQuestion(f"{facts.document_id}-{len(asked):05}", _name(kind), *made)
            if len(asked) == n:
                return


def _name(kind: str) -> str:
    return f"over_list_{kind.removeprefix('+')}" if kind.startswith("+") else kind


def _made(facts: PlanFacts, kind: str, wording: "Wording") -> tuple[tuple[str, ...], Expected] | None:
    rng = wording.rng
    before = rng.getstate()
    made = _put(facts, kind, wording)
    if made and facts.by_members.measures != facts.measures and kind not in BY_NAME_ONLY:
        rng.setstate(before)
        again = _put(facts.by_members, kind, wording)
        if again is None or again[0] != made[0]:
            return None
        made = made[0], replace(made[1], other=again[1] if again[1] != made[1] else None)
    if not made:
        return None
    turns, expected = made
    if rng.random() < 0.25 or any(_simplified(turn) != turn for turn in turns):
        way = rng.choice(TO_TRADITIONAL)
        turns = tuple(way.convert(turn).replace("傢俱體", "家具體").replace("隻", "只") for turn in turns)
    return turns, expected


def _put(facts: PlanFacts, kind: str, wording: "Wording") -> tuple[tuple[str, ...], Expected] | None:
    rng = wording.rng
    if kind in FOLLOWS:
        return _followed(facts, kind, rng, wording)
    drawn = KINDS[kind](facts, rng)
    return ((wording.question(kind, drawn),), drawn.expected) if drawn else None


@dataclass(frozen=True)
class Wording:
    """Makes sentences of templates."""

    facts: PlanFacts
    rng: Random
    data: Mapping[str, Any]

    def question(self, kind: str, drawn: Drawn) -> str:
        """One way to ask."""
        known = self.data["kind"][kind]
        options: list[str] = list(known["sentences"])
        relative = ""
        if "relatives" in known:
            relatives = [text for name in known["relatives"] for text in self.data["relatives"][name]]
            relative = self.rng.choice(self._fit(relatives))
            options = self._fit(options)
            if not options or self.rng.random() < 0.7:
                options = self.data["tails"][known["tails"]]
        template = self.rng.choice(self._fit(options)).replace("{REL}", relative)
        if len({measure.part for measure in self.facts.measures}) > 1 and kind in BY_SECTION:
            template = re.sub(
                "(?<!小)(?:一节一节|节)", lambda found: found[0].replace("节", "小节"), template
            )
        scope = "section" if known.get("in_section") else "any"
        return self.dressed(template, {"scope": self.data["scopes"][scope], **drawn.slots})

    def follow(self, kind: str, slots: Mapping[str, Slot]) -> str:
        """One way to go on."""
        options = self._fit(self.data["follow"][kind])
        if self.facts.numbered_through:
            # 第3条 may be the measure numbered 3, unless it is said to be the third of the list.
            options = [text for text in options if "{k}" not in text or re.search("上面|刚|剛|列", text)]
        return self.dressed(self.rng.choice(options), slots, opening=False)

    def dressed(self, template: str, slots: Mapping[str, Slot], *, opening: bool = True) -> str:
        """The template filled in, with an opening and an end."""
        form = "request" if template.startswith("!") else "question"
        opened = not opening or template.startswith(("麻", "想", "就看"))
        before = "" if opened else self.rng.choice(self.data["openings"][form])
        end = self.rng.choice(self.data["endings"][form])
        text = before + self.filled(template.removeprefix("!"), slots)
        asks = re.search("[几哪谁啥]|什么|多少|怎么|邊|什麼|誰", text[-9:])
        ends_open = text.endswith(tuple("呢呀啊吗嗎？）"))
        if end and end[0] in "呢呀啊" and (not asks or ends_open):
            end = ""
        text = re.sub("[？]{2,}", "？", text + end)
        if "方案" not in self.facts.title:
            text = text.replace("方案", "文件")
        return text.replace("这份文件的文件", "这份文件")

    def filled(self, template: str, slots: Mapping[str, Slot]) -> str:
        """The template with one of each choice, and every slot filled; a filling may hold slots itself."""
        noun, classifier = self.rng.choice(self.data["nouns"]["measure"]).split("/")
        noun = noun or (
            ""
            if re.search(r"[条项个]|\{cl\}|有哪些|哪些|几", template) and self._optional(template)
            else "措施"
        )
        common: dict[str, Slot] = {
            "N": noun,
            "cl": classifier,
            "U": ("参与单位", "单位")
            if self.facts.ranked
            else ("责任单位", "责任单位", "负责单位", "责任部门和单位"),
            "R": ("参与",) if self.facts.ranked else ("负责", "参与", "负责"),
        }
        text = template
        while found := re.search(r"\[([^][]*)\]|\{(\w+)\}", text):
            if found[2]:
                slot = {**common, **slots}[found[2]]
                chosen = (
                    slot() if callable(slot) else slot if isinstance(slot, str) else self.rng.choice(slot)
                )
            else:
                chosen = self.rng.choice(self._fit(found[1].split("|")))
            text = text[: found.start()] + chosen + text[found.end() :]
        return text

    def _optional(self, template: str) -> bool:
        """Whether a template reads well without the noun: 海关参与的有哪些, not 海关参与哪些."""
        return not re.search(
            r"哪些\{N\}|多少\{N\}|的\{N\}|全部\{N\}|所有\{N\}|\{N\}里|^\{N\}|[^的}]\{N\}|\{S\}\{N\}", template
        )

    def _fit(self, options: Sequence[str]) -> list[str]:
        """Those that can be said of this plan."""
        if not self.facts.ranked:
            return list(options)
        return [text for text in options if not OF_RESPONSIBILITY.search(text)] or list(options)


# What a question may be about


def _spoken(n: int, rng: Random) -> str:
    """A number up to 99 in digits or numerals, 两 before a measure word."""
    return str(n) if rng.random() < 0.5 else "两" if n == 2 else numeral(n)


def numeral(n: int) -> str:
    """A number up to 99 in Chinese numerals."""
    tens, units = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (
        DIGITS[units] if units or not tens else ""
    )


def _agencies(facts: PlanFacts, rng: Random, n: int = 1, *, negated: bool = False) -> list[str]:
    """So many agencies, no two of which nest; ``negated``, none whose name is a piece of another's."""
    able = [key for key in sorted(facts.counts) if not (negated and key in facts.outer)]
    chosen: list[str] = []
    for _ in range(200):
        if len(chosen) == n:
            break
        weights = [facts.weights[key] for key in able] if rng.random() < 0.5 else None
        key = rng.choices(able, weights)[0]
        if key not in chosen and not any(facts.holds(key, one) or facts.holds(one, key) for one in chosen):
            chosen.append(key)
    return chosen if len(chosen) == n else []


def _called(facts: PlanFacts, rng: Random, *agencies: str) -> dict[str, Slot]:
    """The slots A, B, C: one name each for the whole question."""
    named: dict[str, Slot] = {}
    for slot, key in zip("ABC", agencies, strict=False):
        names = facts.agencies[key].names
        named[slot] = names[0] if rng.random() < 0.45 else rng.choice(names)
    return named


def _place(facts: PlanFacts, rng: Random, section: str) -> Slot:
    """A way to call a section or part that can mean no other."""
    heading = next(one for one in facts.headings if one.section == section)
    part, _, number = section.partition(".")
    if not number:
        words = numeral(int(part))
        return rng.choice(
            [
                f"第{words}部分",
                f"第{part}部分",
                f"第{words}大部分",
                f"“{heading.heading}”部分",
                f"第{words}部分“{heading.heading}”",
            ]
        )
    words = numeral(int(number))
    above = next(one for one in facts.headings if one.section == part)
    numerals = numeral(int(part))
    names = [
        f"{numerals}、（{words}）",
        f"{numerals}、({words})",
        f"{numerals}（{words}）",
        f"第{numerals}部分（{words}）",
        f"第{numerals}部分第{words}节",
        f"第{part}部分第{number}节",
        f"{above.heading}第{words}节",
        f"“{heading.heading}”",
        f"“{heading.heading}”这一节",
        f"“{heading.heading}”那节",
    ]
    if sum(one.section.endswith(f".{number}") for one in facts.headings) == 1:
        plain = [f"第{words}节", f"第{number}节", f"第{words}小节", f"第（{words}）节", f"（{words}）这一节"]
        names = names + plain * 2
    return rng.choice(names)


def _measure(facts: PlanFacts, rng: Random, measure: Measure) -> Slot:
    """A way to call a measure that can mean no other."""
    part, section, number = measure.section.split(".")[:3]
    numerals, words = numeral(int(part)), numeral(int(section))
    title = measure.heading if "“" in measure.heading or "《" in measure.heading else f"“{measure.heading}”"
    return rng.choice(
        [
            f"{numerals}、（{words}）{number}",
            f"{numerals}、({words}){number}",
            f"{numerals}（{words}）{number}",
            f"{numerals}、（{words}）{number}这条",
            title,
            f"{title}这条",
            f"{title}这项措施",
            title,
        ]
    )


def _listed(slots: Mapping[str, Slot], measures: Sequence[Measure]) -> Drawn:
    return Drawn(slots, Expected(measures=frozenset(one.id for one in measures)))


Test = Callable[[PlanFacts, Measure, Sequence[str]], bool]
Draw = Callable[[PlanFacts, Random], Drawn | None]

TESTS: dict[str, tuple[int, Test]] = {
    "named": (1, lambda _, m, a: a[0] in m.agencies),
    "without": (1, lambda _, m, a: a[0] not in m.agencies),
    "both": (2, lambda _, m, a: {*a} <= {*m.agencies}),
    "either": (2, lambda _, m, a: bool({*a} & {*m.agencies})),
    "one_not_other": (2, lambda _, m, a: a[0] in m.agencies and a[1] not in m.agencies),
    "neither": (2, lambda _, m, a: not {*a} & {*m.agencies}),
    "alone": (1, lambda _, m, a: m.agencies == (a[0],)),
    "with_others": (1, lambda _, m, a: a[0] in m.agencies and len(m.agencies) > 1),
    "three": (3, lambda _, m, a: {*a} <= {*m.agencies}),
    "named_first": (1, lambda _, m, a: m.agencies[:1] == (a[0],)),
}
NEGATED = {"without", "one_not_other", "neither"}


def _by_agency(test: str, place: bool = False) -> Draw:
    """The measures that pass a test of agencies, in the whole plan or in a section."""
    number, passes = TESTS[test]

    def draw(facts: PlanFacts, rng: Random) -> Drawn | None:
        may_be_none = rng.random() < 0.06
        for _ in range(60):
            agencies = _agencies(facts, rng, number, negated=test in NEGATED)
            if not agencies:
                continue
            slots = _called(facts, rng, *agencies)
            measures: Sequence[Measure] = facts.measures
            if place:
                section = rng.choice(sorted(facts.places))
                measures, slots["S"] = facts.places[section], _place(facts, rng, section)
            found = [measure for measure in measures if passes(facts, measure, agencies)]
            if found or may_be_none:
                return _listed(slots, found)
        return None

    return draw


def _counted(draw: Draw) -> Draw:
    """How many instead of which."""

    def count(facts: PlanFacts, rng: Random) -> Drawn | None:
        drawn = draw(facts, rng)
        if drawn is None:
            return None
        asked = drawn.expected.measures if drawn.expected.measures is not None else drawn.expected.agencies
        assert asked is not None
        if any(key in facts.agencies and facts.agencies[key].collective for key in asked):
            return None
        return Drawn(drawn.slots, Expected(count=len(asked)))

    return count


def _outside_section(facts: PlanFacts, rng: Random) -> Drawn:
    [agency], section = _agencies(facts, rng), rng.choice(sorted(facts.places))
    inside = {measure.id for measure in facts.places[section]}
    found = [one for one in facts.measures if agency in one.agencies and one.id not in inside]
    return _listed({**_called(facts, rng, agency), "S": _place(facts, rng, section)}, found)


def _two_places(facts: PlanFacts, rng: Random) -> tuple[list[str], dict[str, Slot]]:
    pair = rng.sample(sorted(facts.sections), 2)
    return pair, {slot: _place(facts, rng, section) for slot, section in zip("ST", pair, strict=True)}


def _two_sections(facts: PlanFacts, rng: Random) -> Drawn:
    [agency], (pair, slots) = _agencies(facts, rng), _two_places(facts, rng)
    found = [one for one in facts.measures if agency in one.agencies and one.parent in pair]
    return _listed({**slots, **_called(facts, rng, agency)}, found)


def _section_measures(facts: PlanFacts, rng: Random) -> Drawn:
    section = rng.choice(sorted(facts.places))
    return _listed({"S": _place(facts, rng, section)}, facts.places[section])


def _at_section(end: int) -> Draw:
    def draw(facts: PlanFacts, rng: Random) -> Drawn:
        section = rng.choice(sorted(facts.places))
        return _listed({"S": _place(facts, rng, section)}, [facts.places[section][end]])

    return draw


def _at_agency(end: int) -> Draw:
    def draw(facts: PlanFacts, rng: Random) -> Drawn:
        [agency] = _agencies(facts, rng)
        found = [one for one in facts.measures if agency in one.agencies]
        return _listed(_called(facts, rng, agency), [found[end]])

    return draw


def _all_measures(facts: PlanFacts, rng: Random) -> Drawn:
    return _listed({"total": _spoken(len(facts.measures), rng)}, facts.measures)


def _by_size(exactly: bool = False, marked: bool = False) -> Draw:
    """By how many agencies a measure names; not asked where a collective might decide it.

    ``marked``: asked for agencies called by name, so that a measure with a collective alone is out.
    """

    def draw(facts: PlanFacts, rng: Random) -> Drawn | None:
        n = rng.randint(2, max(facts.size(one) for one in facts.measures))
        found = [one for one in facts.measures if (facts.size(one) == n if exactly else facts.size(one) >= n)]
        if not found or any(facts.sized_vaguely(one, n, marked) for one in facts.measures):
            return None
        return _listed({"n": _spoken(n, rng), "less": _spoken(n - 1, rng)}, found)

    return draw


def _single(facts: PlanFacts, rng: Random) -> Drawn:
    return _listed({}, [one for one in facts.measures if len(one.agencies) == 1 == facts.size(one)])


def _shared_duty(said: bool) -> Draw:
    def draw(facts: PlanFacts, rng: Random) -> Drawn:
        return _listed({}, [one for one in facts.measures if ("按职责分工负责" in one.text) == said])

    return draw


def _nobody(facts: PlanFacts, rng: Random) -> Drawn:
    return _listed({}, [one for one in facts.measures if not one.agencies])


def _largest(facts: PlanFacts, rng: Random) -> Drawn | None:
    most = max(facts.size(one) for one in facts.measures)
    if any(facts.sized_vaguely(one, most, marked=False) for one in facts.measures):
        return None
    return _listed({}, [one for one in facts.measures if facts.size(one) == most])


def _largest_count(facts: PlanFacts, rng: Random) -> Drawn | None:
    drawn = _largest(facts, rng)
    return drawn and Drawn({}, Expected(count=max(facts.size(one) for one in facts.measures)))


def _excepted(facts: PlanFacts, rng: Random) -> Drawn | None:
    [agency] = _agencies(facts, rng)
    found = [one for one in facts.measures if agency in one.agencies]
    if len(found) < 2:
        return None
    left_out = rng.choice(found)
    slots = {**_called(facts, rng, agency), "M": _measure(facts, rng, left_out)}
    return _listed(slots, [one for one in found if one is not left_out])


def _section_excepted(facts: PlanFacts, rng: Random) -> Drawn:
    section = rng.choice(sorted(facts.sections))
    left_out = rng.choice(facts.sections[section])
    slots = {"S": _place(facts, rng, section), "M": _measure(facts, rng, left_out)}
    return _listed(slots, [one for one in facts.sections[section] if one is not left_out])


def _per_section(facts: PlanFacts, rng: Random) -> Drawn:
    return Drawn({}, Expected(per_section={key: len(found) for key, found in facts.sections.items()}))


def _named_per_section(facts: PlanFacts, rng: Random) -> Drawn:
    [agency] = _agencies(facts, rng)
    counted = {key: sum(agency in one.agencies for one in found) for key, found in facts.sections.items()}
    return Drawn(_called(facts, rng, agency), Expected(per_section=counted))


def _top(counted: Mapping[str, int]) -> dict[str, int]:
    return {key: n for key, n in counted.items() if n == max(counted.values())}


def _fullest_section(facts: PlanFacts, rng: Random) -> Drawn | None:
    top = _top({key: len(found) for key, found in facts.sections.items()})
    return Drawn({}, Expected(per_section=top)) if len(top) == 1 else None


def _busiest_section(facts: PlanFacts, rng: Random) -> Drawn | None:
    drawn = _named_per_section(facts, rng)
    top = _top(drawn.expected.per_section or {})
    return Drawn(drawn.slots, Expected(per_section=top)) if len(top) == 1 and max(top.values()) > 1 else None


def _bodies(slots: Mapping[str, Slot], agencies: Sequence[str] | frozenset[str]) -> Drawn:
    return Drawn(slots, Expected(agencies=frozenset(agencies)))


def _section_agencies(facts: PlanFacts, rng: Random) -> Drawn:
    section = rng.choice(sorted(facts.places))
    return _bodies({"S": _place(facts, rng, section)}, facts.bodies(facts.places[section]))


def _countable(facts: PlanFacts, measures: Sequence[Measure]) -> bool:
    """Whether everybody would count the same agencies: no collective, no office beside its bureau."""
    named = {agency for measure in measures for agency in measure.agencies}
    nested = any(facts.holds(a, b) for a in named for b in named)
    return not nested and not any(facts.vague(measure) for measure in measures)


def _section_agencies_count(facts: PlanFacts, rng: Random) -> Drawn | None:
    able = [key for key in sorted(facts.places) if _countable(facts, facts.places[key])]
    if not able:
        return None
    section = rng.choice(able)
    slots = {"S": _place(facts, rng, section)}
    return Drawn(slots, Expected(count=len(facts.bodies(facts.places[section]))))


def _section_other_agencies(facts: PlanFacts, rng: Random) -> Drawn | None:
    section = rng.choice(sorted(facts.places))
    bodies = facts.bodies(facts.places[section])
    able = sorted(key for key in bodies if key not in facts.outer)
    if len(bodies) < 2 or not able:
        return None
    agency = rng.choice(able)
    return _bodies({"S": _place(facts, rng, section), **_called(facts, rng, agency)}, bodies - {agency})


def _two_section_agencies(facts: PlanFacts, rng: Random) -> Drawn | None:
    pair, slots = _two_places(facts, rng)
    first, second = (facts.bodies(facts.sections[key]) for key in pair)
    return _bodies(slots, first & second) if first & second else None


def _section_only_agencies(facts: PlanFacts, rng: Random) -> Drawn | None:
    section = rng.choice(sorted(facts.places))
    inside = {one.id for one in facts.places[section]}
    elsewhere = facts.bodies([one for one in facts.measures if one.id not in inside])
    only = [key for key in facts.bodies(facts.places[section]) - elsewhere if key in facts.counts]
    return _bodies({"S": _place(facts, rng, section)}, only) if only else None


def _beside(facts: PlanFacts, agency: str) -> Counter[str]:
    """How often each other agency stands beside this one; no collectives."""
    beside = Counter(
        one for measure in facts.measures if agency in measure.agencies for one in measure.agencies
    )
    return Counter({key: n for key, n in beside.items() if key != agency and key in facts.counts})


def _partners(facts: PlanFacts, rng: Random) -> Drawn | None:
    [agency] = _agencies(facts, rng)
    beside = _beside(facts, agency)
    return _bodies(_called(facts, rng, agency), [*beside]) if beside else None


def _partners_count(facts: PlanFacts, rng: Random) -> Drawn | None:
    [agency] = _agencies(facts, rng)
    if not _countable(facts, [one for one in facts.measures if agency in one.agencies]):
        return None
    return Drawn(_called(facts, rng, agency), Expected(count=len(_beside(facts, agency))))


def _never_partners(facts: PlanFacts, rng: Random) -> Drawn | None:
    [agency] = _agencies(facts, rng, negated=True)
    never = [key for key in facts.counts if key != agency and key not in _beside(facts, agency)]
    return _bodies(_called(facts, rng, agency), never) if never else None


def _closest_partner(facts: PlanFacts, rng: Random) -> Drawn | None:
    [agency] = _agencies(facts, rng)
    beside = _beside(facts, agency)
    top = _top(beside) if beside else {}
    return _bodies(_called(facts, rng, agency), [*top]) if len(top) == 1 and max(top.values()) > 1 else None


def _measure_agencies(facts: PlanFacts, rng: Random) -> Drawn:
    measure = rng.choice(facts.measures)
    return _bodies({"M": _measure(facts, rng, measure)}, facts.bodies([measure]))


def _measure_agencies_count(facts: PlanFacts, rng: Random) -> Drawn:
    measure = rng.choice([one for one in facts.measures if _countable(facts, [one])])
    return Drawn({"M": _measure(facts, rng, measure)}, Expected(count=len(measure.agencies)))


def _measure_other_agencies(facts: PlanFacts, rng: Random) -> Drawn:
    measure = rng.choice([one for one in facts.measures if facts.size(one) > 1])
    agency = rng.choice([key for key in measure.agencies if key in facts.counts])
    others = [key for key in measure.agencies if key != agency and key in facts.counts]
    return _bodies({"M": _measure(facts, rng, measure), **_called(facts, rng, agency)}, others)


def _busiest(facts: PlanFacts, rng: Random) -> Drawn:
    return _bodies({}, [*_top(facts.counts)])


def _busiest_count(facts: PlanFacts, rng: Random) -> Drawn:
    return Drawn({}, Expected(count=max(facts.counts.values())))


def _busiest_in_section(facts: PlanFacts, rng: Random) -> Drawn | None:
    section = rng.choice(sorted(facts.places))
    named = Counter(key for one in facts.places[section] for key in one.agencies if key in facts.counts)
    top = _top(named)
    if not top or max(top.values()) < 2 or len(top) > 2:
        return None
    return _bodies({"S": _place(facts, rng, section)}, [*top])


def _rarest(facts: PlanFacts, rng: Random) -> Drawn:
    return _bodies({}, [key for key, n in facts.counts.items() if n == 1])


def _rarest_count(facts: PlanFacts, rng: Random) -> Drawn:
    collectives = "、".join(one.names[0] for one in facts.agencies.values() if one.collective)
    count = sum(n == 1 for n in facts.counts.values())
    return Drawn({"collective": collectives}, Expected(count=count))


def _by_measures(exactly: bool) -> Draw:
    def draw(facts: PlanFacts, rng: Random) -> Drawn | None:
        n = rng.randint(2, max(facts.counts.values()))
        found = [key for key, own in facts.counts.items() if (own == n if exactly else own >= n)]
        return _bodies({"n": _spoken(n, rng), "less": _spoken(n - 1, rng)}, found) if found else None

    return draw


def _all_agencies(facts: PlanFacts, rng: Random) -> Drawn:
    return _bodies({}, [*facts.counts])


def _total_agencies(facts: PlanFacts, rng: Random) -> Drawn:
    collectives = "、".join(one.names[0] for one in facts.agencies.values() if one.collective)
    apart = [
        f"{collectives}不算",
        f"不算{collectives}",
        f"{collectives}这种统称除外",
        f"不把{collectives}算进去",
    ]
    nested = [
        (facts.agencies[a].names[0], facts.agencies[b].names[0])
        for a in facts.counts
        for b in facts.counts
        if facts.holds(a, b)
    ]
    beside = "".join(rng.choice([f"、{a}和{b}分开算", f"、{b}和{a}算两家"]) for a, b in nested)
    return Drawn({"apart": rng.choice(apart) + beside}, Expected(count=len(facts.counts)))


KINDS: dict[str, Draw] = {
    **{test: _by_agency(test) for test in TESTS},
    **{f"{test}_count": _counted(_by_agency(test)) for test in TESTS},
    **{
        f"{test}_in_section": _by_agency(test, place=True)
        for test in ("named", "without", "both", "either", "alone")
    },
    "named_in_section_count": _counted(_by_agency("named", place=True)),
    "without_in_section_count": _counted(_by_agency("without", place=True)),
    "outside_section": _outside_section,
    "two_sections": _two_sections,
    "section_measures": _section_measures,
    "section_count": _counted(_section_measures),
    "section_first": _at_section(0),
    "section_last": _at_section(-1),
    "section_excepted": _section_excepted,
    "first_of": _at_agency(0),
    "last_of": _at_agency(-1),
    "excepted": _excepted,
    "all_measures": _all_measures,
    "total": _counted(_all_measures),
    "at_least": _by_size(),
    "at_least_count": _counted(_by_size()),
    "at_least_marked": _by_size(marked=True),
    "at_least_marked_count": _counted(_by_size(marked=True)),
    "exactly": _by_size(exactly=True),
    "exactly_count": _counted(_by_size(exactly=True)),
    "single": _single,
    "single_count": _counted(_single),
    "largest": _largest,
    "largest_count": _largest_count,
    "shared_duty": _shared_duty(said=True),
    "shared_duty_count": _counted(_shared_duty(said=True)),
    "not_shared_duty": _shared_duty(said=False),
    "nobody": _nobody,
    "per_section": _per_section,
    "named_per_section": _named_per_section,
    "fullest_section": _fullest_section,
    "busiest_section": _busiest_section,
    "section_agencies": _section_agencies,
    "section_agencies_count": _section_agencies_count,
    "section_other_agencies": _section_other_agencies,
    "two_section_agencies": _two_section_agencies,
    "section_only_agencies": _section_only_agencies,
    "busiest_in_section": _busiest_in_section,
    "partners": _partners,
    "partners_count": _partners_count,
    "never_partners": _never_partners,
    "closest_partner": _closest_partner,
    "measure_agencies": _measure_agencies,
    "measure_agencies_count": _measure_agencies_count,
    "measure_other_agencies": _measure_other_agencies,
    "busiest": _busiest,
    "busiest_count": _busiest_count,
    "rarest": _rarest,
    "rarest_count": _rarest_count,
    "agencies_at_least": _by_measures(exactly=False),
    "agencies_exactly": _by_measures(exactly=True),
    "all_agencies": _all_agencies,
    "total_agencies": _total_agencies,
}
BY_NAME_ONLY = {"single", "single_count", "at_least_marked", "at_least_marked_count"}
BY_SECTION = {"per_section", "named_per_section", "fullest_section", "busiest_section"}


# What may follow a list


@dataclass(frozen=True)
class Listed:
    """A first turn that lists ``measures``: those of ``agency`` in ``place``, where it named them."""

    text: str
    measures: tuple[Measure, ...]
    agency: str | None
    place: str | None
    slots: Mapping[str, Slot]


Follow = Callable[[PlanFacts, Random, Listed], tuple[Mapping[str, Slot], Expected] | None]


def _first_turn(facts: PlanFacts, rng: Random, wording: Wording) -> Listed | None:
    kind = rng.choice(["named", "named", "named", "named_in_section", "section_measures", "without"])
    [agency], place = _agencies(facts, rng, negated=True), rng.choice(sorted(facts.places))
    slots = {**_called(facts, rng, agency), "S": _place(facts, rng, place)}
    whole = facts.measures if kind in {"named", "without"} else facts.places[place]
    passes = TESTS[kind.removesuffix("_in_section")][1] if kind != "section_measures" else lambda *_: True
    found = tuple(measure for measure in whole if passes(facts, measure, [agency]))
    text = wording.question(kind, Drawn(slots, Expected()))
    named = kind in {"named", "named_in_section"}
    return Listed(text, found, agency if named else None, None if whole is facts.measures else place, slots)


def _another(facts: PlanFacts, rng: Random, first: Listed) -> str | None:
    """An agency that the first turn did not name, oftener one of its measures'."""
    beside = {key for one in first.measures for key in one.agencies if key in facts.counts}
    able = sorted(beside if rng.random() < 0.85 else facts.counts)
    able = [key for key in able if key not in facts.outer and key != first.agency]
    return rng.choice(able) if able else None


def _asked_of_list(passes: Callable[[Measure, str], bool], *, count: bool = False) -> Follow:
    def follow(facts: PlanFacts, rng: Random, first: Listed) -> tuple[Mapping[str, Slot], Expected] | None:
        agency = _another(facts, rng, first)
        if agency is None:
            return None
        found = frozenset(one.id for one in first.measures if passes(one, agency))
        if not found and rng.random() < 0.9:
            return None
        expected = Expected(count=len(found)) if count else Expected(measures=found)
        return {"Q": _called(facts, rng, agency)["A"]}, expected

    return follow


def _alone_of_list(
    facts: PlanFacts, rng: Random, first: Listed
) -> tuple[Mapping[str, Slot], Expected] | None:
    if first.agency is None:
        return None
    found = frozenset(one.id for one in first.measures if one.agencies == (first.agency,))
    return (first.slots, Expected(measures=found)) if found or rng.random() < 0.1 else None


def _item_of_list(
    facts: PlanFacts, rng: Random, first: Listed, *, without: bool = False
) -> tuple[Mapping[str, Slot], Expected]:
    k = rng.randint(1, min(len(first.measures), 5))
    chosen = first.measures[k - 1]
    found = [one.id for one in first.measures if (one is chosen) != without]
    return {"k": str(k) if rng.random() < 0.5 else numeral(k)}, Expected(measures=frozenset(found))


def _except_item(facts: PlanFacts, rng: Random, first: Listed) -> tuple[Mapping[str, Slot], Expected]:
    return _item_of_list(facts, rng, first, without=True)


def _section_of_list(
    facts: PlanFacts, rng: Random, first: Listed
) -> tuple[Mapping[str, Slot], Expected] | None:
    sections = sorted({one.parent for one in first.measures})
    if first.place is not None or len(sections) < 2:
        return None
    section = rng.choice(sections)
    found = frozenset(one.id for one in first.measures if one.parent == section)
    return {"S": _place(facts, rng, section)}, Expected(measures=found)


def _length_of_list(facts: PlanFacts, rng: Random, first: Listed) -> tuple[Mapping[str, Slot], Expected]:
    return {}, Expected(count=len(first.measures))


def _others_of_list(
    facts: PlanFacts, rng: Random, first: Listed
) -> tuple[Mapping[str, Slot], Expected] | None:
    if first.agency is None:
        return None
    others = facts.bodies(first.measures) - {first.agency}
    return ({**first.slots, "N": "措施"}, Expected(agencies=others)) if others else None


def _sized_of_list(
    facts: PlanFacts, rng: Random, first: Listed
) -> tuple[Mapping[str, Slot], Expected] | None:
    n = rng.randint(2, 5)
    found = frozenset(one.id for one in first.measures if facts.size(one) >= n)
    if not found or any(facts.vague(one) for one in first.measures):
        return None
    return {"n": _spoken(n, rng), "less": _spoken(n - 1, rng)}, Expected(measures=found)


def _swapped(facts: PlanFacts, rng: Random, first: Listed) -> tuple[Mapping[str, Slot], Expected] | None:
    agency = _another(facts, rng, first)
    if first.agency is None or agency is None:
        return None
    whole = facts.places[first.place] if first.place else facts.measures
    found = frozenset(one.id for one in whole if agency in one.agencies)
    return ({"Q": _called(facts, rng, agency)["A"]}, Expected(measures=found)) if found else None


def _swapped_section(
    facts: PlanFacts, rng: Random, first: Listed
) -> tuple[Mapping[str, Slot], Expected] | None:
    if first.place is None:
        return None
    section = rng.choice([key for key in sorted(facts.sections) if key != first.place])
    within = [one for one in facts.places[section] if first.agency is None or first.agency in one.agencies]
    return {"S": _place(facts, rng, section)}, Expected(measures=frozenset(one.id for one in within))


FOLLOWS: dict[str, Follow] = {
    "+also": _asked_of_list(lambda measure, agency: agency in measure.agencies),
    "+also_count": _asked_of_list(lambda measure, agency: agency in measure.agencies, count=True),
    "+not": _asked_of_list(lambda measure, agency: agency not in measure.agencies),
    "+not_count": _asked_of_list(lambda measure, agency: agency not in measure.agencies, count=True),
    "+alone": _alone_of_list,
    "+item": _item_of_list,
    "+except_item": _except_item,
    "+in_section": _section_of_list,
    "+how_many": _length_of_list,
    "+others": _others_of_list,
    "+sized": _sized_of_list,
    "+swap": _swapped,
    "+swap_section": _swapped_section,
}


def _followed(
    facts: PlanFacts, kind: str, rng: Random, wording: Wording
) -> tuple[tuple[str, ...], Expected] | None:
    for _ in range(30):
        first = _first_turn(facts, rng, wording)
        if first is None or len(first.measures) < 2:
            continue
        made = FOLLOWS[kind](facts, rng, first)
        if made:
            slots, expected = made
            return (first.text, wording.follow(kind.removeprefix("+"), slots)), expected
    return None
