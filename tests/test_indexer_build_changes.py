"""Small changes: what a build keeps, what it cuts anew, and that the way to a generation never shows."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.build.generation import build_generation, current_name, open_generation, update_generation
from indexer.errors import GenerationMissing
from indexer.search.hit import Hit
from indexer.search.index import Index
from indexer.stored.fields import Entry

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUERIES = ("进口货物报关期限", "船员签证", "第七条", "冷链食品", "周末报关", "量子", "")
WORDS = ("港航貿一體化", "单一窗口")
_PIECES = (
    "進口貨物",
    "報關",
    "期限十四日。",
    "船員",
    "簽證",
    "冷鏈食品",
    "檢疫。",
    "單一窗口",
    "罰款",
    "，不得",
    "可以",
)


def entry(number: int, mark: int = 0) -> Entry:
    chance = random.Random(f"{number} {mark}")  # noqa: S311
    body = f"第{number}條 " + "".join(chance.choices(_PIECES, k=chance.randint(1, 30)))
    variants = ("周末能报关吗", f"{number}号怎么办")[: number % 3]
    title = "通關" if number % 4 == 0 else ""
    return Entry(f"law/{number}", f"{mark}", title, body, variants, f"law{number % 3}", "law")


PLAN = (Entry("plan/1", "p", "預約通關", "實行預約通關。", ("周末能报关吗",), "plan", "plan"),)


def entries(count: int) -> list[Entry]:
    return [*PLAN, *map(entry, range(count))]


def build(root: Path, wanted: Sequence[Entry], words: Sequence[str] = WORDS) -> str:
    return build_generation(root, wanted, words, NOON)


def answers(index: Index) -> list[object]:
    found: list[object] = []
    for query in QUERIES:
        hits = index.search(query, 60)
        found += [hits, index.known_share(query), index.search(query, documents=frozenset({"law1"}))]
        found += [index.coverage(query, hit.passage_id) for hit in hits[:5]]
        found.append(index.sentence_scores(query, "進口貨物報關。船員簽證。"))
    return found


def same(one: object, other: object) -> bool:
    """Equal, and fractions as equal as adding up in another order leaves them."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, abs=1e-12)
    if isinstance(one, Hit) and isinstance(other, Hit):
        return same(one._asdict(), other._asdict())
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def test_a_build_cuts_only_what_is_new(tmp_path: Path, cut: list[str]) -> None:
    build(tmp_path, entries(30))
    cut.clear()
    build(tmp_path, [*entries(30)[:-1], entry(29, mark=1), entry(30)])
    assert cut == ["law/29", "law/30"]


def test_a_new_user_word_cuts_anew_only_the_texts_that_hold_it(tmp_path: Path, cut: list[str]) -> None:
    build(tmp_path, entries(30))
    cut.clear()
    build(tmp_path, entries(30), [*WORDS, "冷链食品检疫"])
    holding = [one.passage_id for one in entries(30) if "冷鏈食品檢疫" in one.body]
    assert sorted(cut) == sorted(holding) != []


@pytest.mark.parametrize("kept_large", [True, False])
def test_after_any_changes_an_index_answers_as_one_built_whole(
    tmp_path: Path, kept_large: bool, request: pytest.FixtureRequest
) -> None:
    if kept_large:
        request.getfixturevalue("large")
    chance = random.Random(3)  # noqa: S311
    wanted = {one.passage_id: one for one in entries(60)}
    build(tmp_path / "changed", list(wanted.values()))
    for step in range(12):
        changed = [entry(chance.randrange(75), mark=step + 1) for _ in range(3)]
        removed = chance.sample(sorted(wanted.keys() - {"plan/1"}), 2)
        changed = [
            one for one in {one.passage_id: one for one in changed}.values() if one.passage_id not in removed
        ]
        for gone in removed:
            del wanted[gone]
        wanted |= {one.passage_id: one for one in changed}
        update_generation(tmp_path / "changed", changed, removed, NOON)
        build(tmp_path / "whole", [])  # nothing to keep anything of
        build(tmp_path / "whole", list(wanted.values()))
        updated, whole = open_generation(tmp_path / "changed"), open_generation(tmp_path / "whole")
        assert list(updated.entries) == list(whole.entries) == list(wanted.values())
        assert same(answers(updated), answers(whole))


def test_a_build_from_a_large_generation_answers_as_one_built_whole(tmp_path: Path, large: None) -> None:
    build(tmp_path / "changed", entries(60))
    wanted = [entry(70), *entries(60)[:20], entry(71), *entries(60)[22:]]  # in the middle too
    build(tmp_path / "changed", wanted)
    build(tmp_path / "whole", wanted)
    assert len(list((tmp_path / "changed" / current_name(tmp_path / "changed")).glob("*.segment"))) == 3
    assert list(open_generation(tmp_path / "changed").entries) == wanted
    assert same(answers(open_generation(tmp_path / "changed")), answers(open_generation(tmp_path / "whole")))


def test_a_small_change_writes_no_large_file(tmp_path: Path, large: None) -> None:
    first = tmp_path / build(tmp_path, entries(60))
    second = tmp_path / update_generation(tmp_path, [entry(5, mark=1)], [], NOON)
    inodes = {path.stat().st_ino for path in first.glob("*.segment")}
    large_file = max(second.glob("*.segment"), key=lambda path: path.stat().st_size)
    assert large_file.stat().st_ino in inodes


def test_when_many_have_been_replaced_the_segments_become_one_again(tmp_path: Path, large: None) -> None:
    build(tmp_path, entries(60))
    for number in range(20):
        name = update_generation(tmp_path, [entry(number, mark=1)], [], NOON)
    laws = [
        path for path in (tmp_path / name).glob("*.segment") if "ent-1" in path.name or "kind-1" in path.name
    ]
    assert len(list(open_generation(tmp_path).entries)) == 61
    assert len(laws) <= 2


def test_changing_nothing_writes_nothing(tmp_path: Path) -> None:
    name = build(tmp_path, entries(10))
    assert update_generation(tmp_path, [entry(3)], ["law/99"], NOON) == name


def test_an_update_and_a_build_of_the_same_are_the_same_generation(tmp_path: Path) -> None:
    build(tmp_path, entries(10))
    name = update_generation(tmp_path, [entry(3, mark=1)], [], NOON)
    assert (
        build(tmp_path, [one if one.passage_id != "law/3" else entry(3, mark=1) for one in entries(10)])
        == name
    )


def test_everything_of_a_kind_can_go_and_come_back(tmp_path: Path) -> None:
    build(tmp_path, entries(3))
    update_generation(tmp_path, [], [f"law/{number}" for number in range(3)], NOON)
    assert list(open_generation(tmp_path).entries) == list(PLAN)
    update_generation(tmp_path, [entry(1)], [], NOON)
    assert list(open_generation(tmp_path).entries) == [*PLAN, entry(1)]


def test_a_passage_may_change_its_kind(tmp_path: Path) -> None:
    build(tmp_path, entries(5))
    update_generation(tmp_path, [replace(entry(2), kind="plan")], [], NOON)
    index = open_generation(tmp_path)
    assert [one.passage_id for one in index.entries_of(frozenset({"plan"}))] == ["plan/1", "law/2"]
    assert len(index.entries) == 6


def test_without_an_index_there_is_nothing_to_update(tmp_path: Path) -> None:
    with pytest.raises(GenerationMissing):
        update_generation(tmp_path, [entry(1)], [], NOON)


def test_a_search_for_a_day_finds_what_counts_on_it(tmp_path: Path) -> None:
    dated = [
        replace(entry(0), body="報關期限", effective_on=date(2020, 1, 1), expires_on=date(2024, 12, 1)),
        replace(entry(1), body="報關期限", effective_on=date(2024, 12, 1)),
        replace(entry(2), body="報關期限"),
    ]
    build(tmp_path, dated)
    index = open_generation(tmp_path)
    assert list(index.entries) == dated

    def found(day: date | None) -> set[str]:
        return {hit.passage_id for hit in index.search("报关期限", on=day)}

    assert found(date(2024, 11, 30)) == {"law/0", "law/2"}
    assert found(date(2024, 12, 1)) == {"law/1", "law/2"}
    assert found(None) == {"law/0", "law/1", "law/2"}
