import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.search.index import Index
from indexer.search.question import Question
from indexer.search.question_terms import Asked
from indexer.stored.fields import Entry
from tests.indexes import index_of

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
OPEN_SET = SHARED / "eval/questions_dev.jsonl"

TO_SIMPLIFIED = OpenCC("t2s")
TO_TRADITIONAL = OpenCC("s2t")


def entry(passage_id: str, title: str, body: str, *variants: str) -> Entry:
    return Entry(passage_id, f"digest of {passage_id}", title, body, variants)


def ids(index: Index, query: str, limit: int = 10) -> list[str]:
    return [hit.passage_id for hit in index.search(query, limit)]


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(
        entry("battery", "鋰電池出口", "優化鋰電池包裝檢驗監管便利。創新開展“形式備案”。", "锂电池怎么出口"),
        entry(
            "booking",
            "預約通關",
            "實行7×24小時預約通關。優化查驗流程。",
            "周末能报关吗",
            "半夜海关有人上班吗",
        ),
        entry("window", "單一窗口", "拓展國際貿易“單一窗口”功能。推廣ERP(企業管理系統)直連。"),
        entry("cold", "冷鏈查驗", "優化冷鏈食品查驗。"),
    )


@pytest.fixture(scope="module")
def curated() -> Index:
    """Question variants by passage, without texts: the part of the corpus that is large."""
    variants: dict[str, list[str]] = {}
    for path in sorted((REPOSITORY / "corpus/questions").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            variants.setdefault(row["section"], []).append(row["text"])
    return index_of(*(entry(section, "", "", *texts) for section, texts in variants.items()))


def test_a_question_finds_its_passage_in_title_text_or_variants(index: Index) -> None:
    assert ids(index, "锂电池")[0] == "battery"
    assert ids(index, "企业管理系统 erp 直连")[0] == "window"
    assert ids(index, "半夜报关有人吗")[0] == "booking"


def test_both_scripts_give_the_very_same_hits(index: Index) -> None:
    assert index.search("鋰電池包裝檢驗") == index.search("锂电池包装检验")


@pytest.mark.parametrize("query", ["", "请问", "？！", "hello", "量子引力", "👍", "\x00", "的" * 500])
def test_a_question_that_shares_nothing_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []
    assert index.known_share(query) == 0.0
    assert index.coverage(query, "cold") == 0.0


def test_hits_come_best_first_and_no_more_than_asked_for(index: Index) -> None:
    hits = index.search("优化查验")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == 3
    assert ids(index, "优化查验", limit=1) == [hits[0].passage_id]
    assert index.search("优化查验", limit=0) == []


def test_a_limit_above_the_number_that_is_looked_at_closely_is_kept_to() -> None:
    many = index_of(*(entry(str(number), "", f"通关 第{number}条") for number in range(70)))
    assert len(many.search("通关", limit=60)) == 60


def test_equal_scores_keep_the_order_of_the_corpus() -> None:
    twins = index_of(*(entry(passage_id, "通關", "便利通關。") for passage_id in ("c", "a", "b")))
    assert ids(twins, "通关") == ["c", "a", "b"]


def test_a_hit_carries_what_the_knowledge_base_checks_and_what_it_scored_by(index: Index) -> None:
    hit = index.search("锂电池怎么出口")[0]
    assert (hit.passage_id, hit.sha256) == ("battery", "digest of battery")
    assert set(hit.fields) == {"title", "body", "variants", "window"}
    weights = {"title": 0.18, "body": 0.36, "variants": 0.36, "window": 0.10}
    assert hit.score == pytest.approx(sum(weights[name] * value for name, value in hit.fields.items()))


def test_the_variant_most_like_the_question_is_named_verbatim(index: Index) -> None:
    hit = index.search("半夜海關有人上班嗎")[0]
    assert hit.best_variant == "半夜海关有人上班吗"
    assert hit.best_variant_score > 0.5


def test_without_a_variant_like_the_question_none_is_named(index: Index) -> None:
    assert (index.search("单一窗口")[0].best_variant, index.search("单一窗口")[0].best_variant_score) == (
        None,
        0.0,
    )


def test_words_that_stand_together_beat_the_same_words_apart() -> None:
    filler = "完善服務。" * 4
    index = index_of(
        entry("apart", "", f"優化鋰電池監管。{filler}支持企業出口。"),
        entry("together", "", f"{filler}優化監管。鋰電池支持企業出口。"),
    )
    assert ids(index, "锂电池支持出口") == ["together", "apart"]


def kinds_index(*more: Entry) -> Index:
    plans = (
        Entry("plan/1", "a", "預約通關", "實行7×24小時預約通關。", ("周末能报关吗",), "plan", "plan"),
        Entry("plan/2", "b", "冷鏈查驗", "優化冷鏈食品查驗。", (), "plan", "plan"),
        Entry("other/1", "c", "", "冷鏈食品隨到隨查。", (), "other", "plan"),
    )
    return index_of(*plans, *more)


LAWS = tuple(
    Entry(f"law/{n}", "d", "", f"第{n}条 进口冷链食品应当查验通关。", ("周末查验吗",), f"law{n % 2}", "law")
    for n in range(40)
)


@pytest.mark.parametrize("query", ["冷链食品查验", "周末预约通关", "进口", "量子"])
def test_a_search_for_one_kind_finds_and_scores_the_same_whatever_else_is_loaded(query: str) -> None:
    alone, among = kinds_index(), kinds_index(*LAWS)
    plan = frozenset({"plan"})
    assert among.search(query, kinds=plan) == alone.search(query)
    assert among.known_share(query, kinds=plan) == alone.known_share(query)
    assert among.coverage(query, "plan/2") == alone.coverage(query, "plan/2")
    text = "冷鏈食品。周末查驗。"
    assert among.sentence_scores(query, text, kinds=plan) == alone.sentence_scores(query, text)


def test_a_search_over_all_kinds_puts_the_best_of_each_in_one_order() -> None:
    index = kinds_index(*LAWS)
    hits = index.search("冷链食品查验", 60)
    assert len(hits) == 42
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.passage_id: hit for hit in index.search("冷链食品查验", 60, kinds=frozenset({"law"}))} == {
        hit.passage_id: hit for hit in hits if hit.passage_id.startswith("law/")
    }


def test_a_search_within_documents_keeps_the_scores_and_drops_the_rest() -> None:
    index = kinds_index(*LAWS)
    hits = index.search("冷链食品查验", 60)
    within = index.search("冷链食品查验", 60, documents=frozenset({"other", "law1"}))
    assert within == [hit for hit in hits if hit.passage_id == "other/1" or hit in within]
    assert {hit.passage_id for hit in within} == {"other/1", *(f"law/{n}" for n in range(1, 40, 2))}
    assert index.search("冷链食品查验", documents=frozenset()) == []
    assert index.search("冷链食品查验", kinds=frozenset({"reply"})) == []


def test_coverage_is_the_share_of_the_weight_that_any_field_holds(index: Index) -> None:
    assert index.coverage("锂电池出口", "battery") > index.coverage("锂电池出口", "window") == 0.0
    assert index.coverage("鋰電池", "battery") == 1.0
    assert 0 < index.coverage("锂电池量子", "battery") < 1


def test_coverage_of_a_passage_that_is_not_there_is_an_error(index: Index) -> None:
    with pytest.raises(KeyError):
        index.coverage("锂电池", "gone")


def test_known_share_counts_the_different_terms_that_any_passage_holds(index: Index) -> None:
    assert index.known_share("查驗") == 1.0
    assert index.known_share("查验 查验 rcep") == 0.5


def test_sentence_scores_tile_any_text_and_count_in_it(index: Index) -> None:
    text = "㎡單位。優化鋰電池包裝檢驗。"
    scores = index.sentence_scores("锂电池", text)
    assert "".join(text[score.start : score.end] for score in scores) == text
    assert scores[0].share == 0.0
    assert scores[1].share == 1.0


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_question_is_answered_with_scores_in_order(text: str) -> None:
    asked = index_of(entry("a", "通關", "預約通關。", text), entry("b", text, text))
    hits = asked.search(text)
    assert all(hit.score > 0 for hit in hits)
    assert hits == sorted(hits, key=lambda hit: -hit.score)


def test_every_question_of_the_open_set_is_found_alike_in_both_scripts(curated: Index) -> None:
    if not OPEN_SET.exists():
        pytest.skip(f"{OPEN_SET} is not here")
    rows = [json.loads(line) for line in OPEN_SET.read_text(encoding="utf-8").splitlines()]
    for question in (turn for row in rows for turn in row["turns"]):
        hits = curated.search(question)
        for converted in (TO_SIMPLIFIED.convert(question), TO_TRADITIONAL.convert(question)):
            assert curated.search(converted) == hits
            assert curated.known_share(converted) == curated.known_share(question)


def test_every_curated_question_finds_its_own_passage_almost_always(curated: Index) -> None:
    asked = [(each.passage_id, variant) for each in curated.entries for variant in each.variants[::10]]
    right = sum(ids(curated, question, limit=1) == [passage_id] for passage_id, question in asked)
    assert right / len(asked) > 0.95


def _counted(index: Index, question: Question) -> int:
    """How many terms of a question count."""
    known = Asked.of(index._shards[""].parts, question.keys)
    return len(question.times[known.telling(len(question.terms))])


def test_a_message_of_any_length_is_searched_by_a_bounded_number_of_terms(index: Index) -> None:
    wanted = index.entries[0]
    rambling = "".join(chr(0x4E00 + number) for number in range(500)) + wanted.title

    many = index_of(entry("all", "", rambling), wanted)
    question = many._read(rambling)
    assert _counted(many, question) == 256 < len(question.terms)
    assert _counted(index, question) == len(question.terms)
    assert wanted.passage_id in ids(index, rambling)


def test_any_name_of_a_passage_comes_back_as_it_was_given() -> None:
    names = ["p/1", "two\nlines", "\ud800", ""]
    index = index_of(*(Entry(name, "a1", "", "报关", ()) for name in names))
    assert [(hit.passage_id, hit.sha256) for hit in index.search("报关")] == [(name, "a1") for name in names]
    assert [index.entry(name).passage_id for name in names] == names
