"""What an index has seen written, and the terms that unknown ones sound like."""

import pytest

from indexer.meaning.fusion import propose
from indexer.search.index import Index
from indexer.slips.expansions import SOUND_WEIGHT, Expansion, SoundExpander
from indexer.slips.known_text import KnownText
from indexer.stored.fields import Entry
from tests.indexes import index_of


@pytest.fixture(scope="module")
def index() -> Index:
    entries = [
        Entry("p/1", "1", "离港确认模式", "推进离港确认。", ("离岗确认哪里能用",), "p", "plan"),
        Entry("p/2", "2", "岸电", "码头岸电建设。", ("岸电归谁管", "岸电怎么接"), "p", "plan"),
    ]
    return index_of(*entries)


@pytest.fixture(scope="module")
def known(index: Index) -> KnownText:
    return KnownText.of(index, ["通關"])


class TestKnownText:
    def test_holds_texts_questions_and_curated_words_in_one_script(self, known: KnownText) -> None:
        assert known.known(["港确", "离岗", "通关", "却认"]) == {"港确", "离岗", "通关"}

    def test_is_sure_of_texts_and_words_and_of_what_several_ask(self, known: KnownText) -> None:
        assert known.sure(["港确", "通关", "离岗"]) == {"港确", "通关"}

    def test_says_how_many_pairs_a_character_is_one_of(self, known: KnownText) -> None:
        assert known.company("电") > known.company("岗") > known.company("典") == 0


class TestSounds:
    def test_of_unknown_pairs_bring_the_known_ones(self, known: KnownText) -> None:
        (expansion,) = SoundExpander.of(known).expansions("离港却认")

        assert {"港确", "确认"} <= set(expansion.terms)

    def test_weigh_as_much_as_what_they_stand_for(self, known: KnownText) -> None:
        (expansion,) = SoundExpander.of(known).expansions("码头岸电岸典")

        assert expansion.terms == ("岸电",)
        assert expansion.weight == pytest.approx(SOUND_WEIGHT / 5)

    def test_of_words_that_met_by_chance_bring_nothing(self, known: KnownText) -> None:
        assert known.strange_pairs("离港岸电") == []
        assert known.strange_pairs("离港却认") == ["港却", "却认"]
        assert SoundExpander.of(known).expansions("离港岸电") == ()

    def test_of_known_text_bring_nothing(self, known: KnownText) -> None:
        assert SoundExpander.of(known).expansions("离港确认") == ()

    def test_are_those_confused_only_where_none_is_the_same(self, known: KnownText) -> None:
        assert SoundExpander.of(known).expansions("岸颠")[0].terms == ("岸电",)
        assert SoundExpander.of(known).expansions("昂电")[0].terms == ("岸电",)


class TestProposals:
    def test_are_found_by_expansions_alone(self, index: Index) -> None:
        assert propose(index, None, "按典", 3) == []
        (first,) = propose(index, None, "按典", 3, expansions=[Expansion(("岸电",), 0.6)])

        assert first.hit.passage_id == "p/2"

    def test_gain_by_them_in_proportion(self, index: Index) -> None:
        plain = propose(index, None, "离港确认", 1)[0]
        little = propose(index, None, "离港确认", 1, expansions=[Expansion(("模式",), 0.1)])[0]
        more = propose(index, None, "离港确认", 1, expansions=[Expansion(("模式",), 0.2)])[0]

        assert more.score - plain.score == pytest.approx(2 * (little.score - plain.score))
        assert little.score > plain.score
