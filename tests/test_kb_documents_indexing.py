"""From rows to an index: what can be found, and that nothing else can."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from indexer.build.generation import open_generation
from kb.corpus.folder import Corpus, SourceConcept, SourceVariant
from kb.documents import indexing, knowledge
from kb.documents.indexing import passage_entries, rebuild_index, user_words
from kb.documents.ingest import ingest
from kb.documents.passages import PassageView
from tests.corpora import FERRY, make_corpus, make_document
from tests.databases import NOW

PLAN = "xiamen-2024-plan"
TODAY = date(2026, 11, 23)


def test_every_citable_passage_in_force_is_indexed_except_the_preamble(
    loaded_session: Session, index_root: Path
) -> None:
    indexed = {entry.passage_id: entry for entry in passage_entries(open_generation(index_root))}
    citable = [
        passage
        for document in knowledge.documents(loaded_session, on=TODAY)
        for passage in knowledge.outline(loaded_session, document.id, on=TODAY)
        if passage.citable and passage.kind != "preamble"
    ]
    assert list(indexed) == [passage.id for passage in citable]
    assert all(indexed[passage.id].sha256 == passage.sha256 for passage in citable)
    assert f"{PLAN}/2.6.7" in indexed
    assert f"{PLAN}/0" not in indexed


def test_an_entry_has_heading_body_and_variants_and_no_agencies(
    loaded_session: Session, index_root: Path
) -> None:
    entry = next(one for one in open_generation(index_root).entries if one.passage_id == f"{PLAN}/2.2.3")
    assert "進一步支持新能源汽車及鋰電池出口" in entry.title
    assert "遠海碼頭" not in entry.body
    assert entry.variants == knowledge.variants_of(loaded_session, f"{PLAN}/2.2.3")
    assert entry.variants


@pytest.mark.parametrize("query", ["锂电池包装形式备案", "鋰電池包裝形式備案"])
def test_a_measure_is_found_in_either_script(index_root: Path, query: str) -> None:
    assert open_generation(index_root).search(query)[0].passage_id == f"{PLAN}/2.2.3"


@pytest.mark.parametrize(
    "front_matter", [{"status": "repealed"}, {"effective_on": date(2027, 1, 1)}, {"expires_on": TODAY}]
)
def test_what_is_not_in_force_is_not_indexed(
    session: Session, tmp_path: Path, front_matter: dict[str, object]
) -> None:
    ingest(session, make_corpus(make_document("past", **front_matter), make_document("now")), NOW)
    rebuild_index(session, tmp_path, NOW)
    assert [entry.passage_id for entry in open_generation(tmp_path).entries] == ["now/1", "now/2"]


def test_the_day_that_counts_is_the_day_in_china(session: Session, tmp_path: Path) -> None:
    ingest(session, make_corpus(make_document(effective_on=TODAY)), NOW)
    just_past_midnight = NOW.replace(hour=0, minute=1)
    rebuild_index(session, tmp_path, just_past_midnight)
    assert len(open_generation(tmp_path).entries) == 2


def test_an_unchanged_knowledge_base_keeps_its_generation(session: Session, tmp_path: Path) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    name = rebuild_index(session, tmp_path, NOW)
    assert rebuild_index(session, tmp_path, NOW.replace(day=24)) == name


def test_a_new_variant_makes_a_new_generation(session: Session, tmp_path: Path) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    name = rebuild_index(session, tmp_path, NOW)
    variant = SourceVariant("ferry-rules", "1", "头班船几点", "a", "company")
    ingest(session, make_corpus(make_document(), variants=[variant]), NOW)
    assert rebuild_index(session, tmp_path, NOW) != name
    assert open_generation(tmp_path).search("头班船")[0].passage_id == "ferry-rules/1"


def test_progress_counts_every_passage(session: Session, tmp_path: Path) -> None:
    ingest(session, make_corpus(make_document()), NOW)
    seen: list[tuple[int, int]] = []
    rebuild_index(session, tmp_path, NOW, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


def test_names_trade_words_and_quoted_names_are_kept_whole(session: Session) -> None:
    document = make_document(articles=["渡口启用“离岸确认”和《渡船名录》。"])
    concept = SourceConcept("bill", "提单", ("提货单", "B/L"), "shipping")
    ingest(session, make_corpus(document, concepts=[concept]), NOW)
    texts = [passage.text for passage in knowledge.outline(session, "ferry-rules")]
    words = user_words(knowledge.agencies(session), knowledge.concepts(session), texts)
    names = {FERRY.name_hans, FERRY.name_hant, *FERRY.aliases}
    assert set(words) == names | {"提单", "提货单", "B/L", "离岸确认", "渡船名录"}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of all passages whose text is read for the index from here on."""
    seen: list[str] = []
    original = indexing.read_passages

    def read_passages(*arguments: Any) -> list[PassageView]:
        found = original(*arguments)
        seen.extend(passage.id for passage in found)
        return found

    monkeypatch.setattr(indexing, "read_passages", read_passages)
    return seen


def _laws(count: int, **changed: str) -> Corpus:
    documents = [
        make_document(f"law-{number}", ["渡口开放。", changed.get(f"law_{number}", "行人免费。")], kind="law")
        for number in range(count)
    ]
    return make_corpus(*documents)


@pytest.mark.parametrize("laws", [3, 60])
def test_of_any_number_of_laws_only_the_one_that_changed_is_read(
    session: Session, tmp_path: Path, read: list[str], laws: int
) -> None:
    ingest(session, _laws(laws), NOW)
    rebuild_index(session, tmp_path, NOW)
    assert len(read) == 2 * laws
    read.clear()
    ingest(session, _laws(laws, law_1="行人一元。"), NOW)
    rebuild_index(session, tmp_path, NOW)
    assert read == ["law-1/1", "law-1/2"]
    assert open_generation(tmp_path).search("行人一元")[0].passage_id == "law-1/2"


def test_nothing_is_read_where_nothing_changed(session: Session, tmp_path: Path, read: list[str]) -> None:
    ingest(session, _laws(3), NOW)
    rebuild_index(session, tmp_path, NOW)
    read.clear()
    rebuild_index(session, tmp_path, NOW)
    assert read == []


def _varied(session: Session, **changes: Any) -> None:
    variant = SourceVariant("b", "1", changes.pop("asked", "头班船几点"), "a", "company")
    documents = [make_document(name, kind="law") for name in ("a", "b", "c")]
    if changes.pop("without_a", False):
        del documents[0]
    documents[-1] = make_document("c", **{"kind": "law", **changes})
    ingest(session, make_corpus(*documents, variants=[variant]), NOW)


@pytest.mark.parametrize(
    ("changes", "of"),
    [
        ({"asked": "末班船几点"}, {"b"}),
        ({"effective_on": TODAY + timedelta(1)}, set()),
        ({"effective_on": TODAY}, {"c"}),
        ({"expires_on": TODAY + timedelta(9)}, {"c"}),
        ({"kind": "regulation"}, {"c"}),
        ({"articles": ["渡口关闭。"]}, {"c"}),
        ({"without_a": True}, set()),
    ],
)
def test_whatever_changed_the_index_is_the_one_that_is_built_of_nothing(
    session: Session, tmp_path: Path, read: list[str], changes: dict[str, Any], of: set[str]
) -> None:
    _varied(session)
    rebuild_index(session, tmp_path / "kept", NOW)
    read.clear()
    _varied(session, **changes)
    rebuild_index(session, tmp_path / "kept", NOW)
    assert {passage_id.partition("/")[0] for passage_id in read} == of
    rebuild_index(session, tmp_path / "new", NOW)
    kept, new = open_generation(tmp_path / "kept"), open_generation(tmp_path / "new")
    assert list(kept.entries) == list(new.entries)
    assert kept.name.partition("-")[2] == new.name.partition("-")[2]  # the digest of all that is in it


def test_a_law_that_comes_into_force_is_read_on_its_day(
    session: Session, tmp_path: Path, read: list[str]
) -> None:
    _varied(session, effective_on=TODAY + timedelta(1))
    rebuild_index(session, tmp_path, NOW)
    read.clear()
    rebuild_index(session, tmp_path, NOW + timedelta(1))
    assert read == ["c/1", "c/2"]
    assert open_generation(tmp_path).entry("c/1").effective_on == TODAY + timedelta(1)
