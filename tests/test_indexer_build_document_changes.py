"""An index brought up to date by documents: what is asked for, cut and written, and that it never shows."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.build.generation import (
    Refreshment,
    build_generation,
    current_name,
    open_generation,
    refresh_generation,
    update_generation,
)
from indexer.build.stale_texts import StaleTexts
from indexer.stored.fields import Entry

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_PIECES = ("進口貨物", "報關", "期限十四日。", "船員", "簽證", "冷鏈食品", "檢疫。", "罰款", "，不得")
Documents = Mapping[str, Sequence[Entry]]


def law(number: int, mark: int = 0, articles: int = 4) -> list[Entry]:
    """A law of a few articles; of another ``mark`` only the last article differs."""
    found = []
    for at in range(articles):
        chance = random.Random(f"{number} {at} {mark if at == articles - 1 else 0}")  # noqa: S311
        body = "".join(chance.choices(_PIECES, k=chance.randint(1, 20)))
        found.append(Entry(f"law{number}/{at}", body, "", body, ("几日",) * (at % 2), f"law{number}", "law"))
    return found


PLAN = {"plan": [Entry("plan/1", "p", "預約通關", "實行預約通關。", ("周末能报关吗",), "plan", "plan")]}


def laws(count: int) -> dict[str, list[Entry]]:
    return {**PLAN, **{f"law{number}": law(number) for number in range(count)}}


def refresh(root: Path, documents: Documents, words: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The name of the generation that holds these documents, and which of them it had to ask for."""
    stamps = {name: str(hash(tuple(entries))) for name, entries in documents.items()}
    asked: list[str] = []

    def read(held: Mapping[str, str]) -> Refreshment:
        asked.extend(name for name, stamp in stamps.items() if held.get(name) != stamp)
        return Refreshment({name: documents[name] for name in asked}, stamps, words)

    return refresh_generation(root, read, NOON), asked


def in_order(documents: Documents) -> list[Entry]:
    return [entry for _, entries in sorted(documents.items()) for entry in entries]


@pytest.mark.parametrize("kept_large", [True, False])
def test_after_any_changes_it_is_the_index_that_a_build_of_the_whole_makes(
    tmp_path: Path, kept_large: bool, request: pytest.FixtureRequest
) -> None:
    if kept_large:
        request.getfixturevalue("large")
    chance = random.Random(5)  # noqa: S311
    wanted = laws(14)
    refresh(tmp_path, wanted)
    for step in range(12):
        del wanted[chance.choice(sorted(wanted.keys() - {"plan"}))]
        for number in chance.sample(range(20), 2):  # one in the middle or one that is new
            wanted[f"law{number}"] = law(number, step + 1, chance.randint(1, 6))
        name, _ = refresh(tmp_path, wanted)
        assert list(open_generation(tmp_path).entries) == in_order(wanted)
        assert build_generation(tmp_path, in_order(wanted), [], NOON) == name  # the same to the last byte


def test_only_documents_whose_stamp_is_another_are_asked_for(tmp_path: Path) -> None:
    wanted = laws(5)
    assert sorted(refresh(tmp_path, wanted)[1]) == sorted(wanted)
    assert refresh(tmp_path, {**wanted, "law3": law(3, mark=1)})[1] == ["law3"]


def test_of_a_document_that_changed_only_the_articles_that_did_are_cut(
    tmp_path: Path, cut: list[str]
) -> None:
    refresh(tmp_path, laws(5))
    cut.clear()
    refresh(tmp_path, {**laws(5), "law3": law(3, mark=1)})
    assert cut == ["law3/3"]


def test_one_without_a_stamp_goes(tmp_path: Path) -> None:
    refresh(tmp_path, laws(3))
    wanted = laws(2)
    assert refresh(tmp_path, wanted)[1] == []
    assert list(open_generation(tmp_path).entries) == in_order(wanted)


def test_where_nothing_changed_nothing_is_written(tmp_path: Path) -> None:
    name, _ = refresh(tmp_path, laws(3))
    before = sorted(tmp_path.rglob("*"))
    assert refresh(tmp_path, laws(3)) == (name, [])
    assert sorted(tmp_path.rglob("*")) == before


def test_an_index_whose_documents_nobody_stamped_is_compared_whole(tmp_path: Path, cut: list[str]) -> None:
    wanted = laws(4)
    build_generation(tmp_path, in_order({**wanted, "law9": law(9)}), [], NOON)
    cut.clear()
    assert len(refresh(tmp_path, wanted)[1]) == len(wanted)
    assert cut == []  # asked for, found to be there, and not cut again
    assert list(open_generation(tmp_path).entries) == in_order(wanted)


def test_a_change_that_nobody_stamped_is_not_taken_for_what_it_was(tmp_path: Path) -> None:
    refresh(tmp_path, laws(3))
    update_generation(tmp_path, [law(1, mark=7)[3]], [], NOON)
    assert len(refresh(tmp_path, laws(3))[1]) == len(laws(3))
    assert list(open_generation(tmp_path).entries) == in_order(laws(3))


def test_a_damaged_index_is_made_whole_again(tmp_path: Path) -> None:
    name, _ = refresh(tmp_path, laws(3))
    (tmp_path / name / "documents.json").write_text("{}")
    assert sorted(refresh(tmp_path, laws(3))[1]) == sorted(laws(3))
    assert list(open_generation(tmp_path).entries) == in_order(laws(3))


def test_kinds_without_a_change_go_on_in_the_files_they_have(tmp_path: Path) -> None:
    first, _ = refresh(tmp_path, laws(3))
    plan = {path.stat().st_ino for path in (tmp_path / first).glob("*.segment")}
    second, _ = refresh(tmp_path, {**laws(3), "law1": law(1, mark=1)})
    kept = plan & {path.stat().st_ino for path in (tmp_path / second).glob("*.segment")}
    assert len(kept) == 1
    assert current_name(tmp_path) == second


def test_a_new_user_word_is_cut_by_in_documents_that_nobody_changed(tmp_path: Path, cut: list[str]) -> None:
    refresh(tmp_path, laws(6))
    cut.clear()
    _, asked = refresh(tmp_path, laws(6), ["冷链食品检疫"])
    holding = [one.passage_id for one in in_order(laws(6)) if "冷鏈食品檢疫" in one.body]
    assert asked == []
    assert sorted(cut) == sorted(holding) != []
    assert list(open_generation(tmp_path).entries) == in_order(laws(6))


def test_a_document_may_change_its_kind(tmp_path: Path) -> None:
    refresh(tmp_path, laws(3))
    moved = [Entry(one.passage_id, one.sha256, "", one.body, (), "law1", "regulation") for one in law(1)]
    refresh(tmp_path, {**laws(3), "law1": moved})
    index = open_generation(tmp_path)
    assert list(index.entries_of(frozenset({"regulation"}))) == moved
    assert list(index.entries) == in_order({**laws(3), "law1": moved})


def test_for_a_new_user_word_only_texts_that_hold_its_characters_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    original = StaleTexts.holds

    def holds(self: StaleTexts, entry: Entry) -> bool:
        looked_at.append(entry.body)
        return original(self, entry)

    monkeypatch.setattr(StaleTexts, "holds", holds)
    refresh(tmp_path, laws(30))
    refresh(tmp_path, laws(30), ["冷链食品检疫"])
    assert looked_at
    assert all("品檢" in body for body in looked_at)
    assert len(looked_at) < len(in_order(laws(30))) / 4
