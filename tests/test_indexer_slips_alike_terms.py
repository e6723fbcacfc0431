"""How text sounds, what looks alike, and which Latin words are one slip apart."""

import pytest

from indexer.slips.alike_terms import AlikeTerms, Likeness, one_slip_away, parse_shapes, shaped_like
from indexer.text.sounds import SoundTable, merged, readings, sound_alike


class TestReadings:
    def test_are_toneless_and_the_commonest_comes_first(self) -> None:
        assert readings("重") == ("zhong", "chong")
        assert readings("绿") == ("lv", "lu")

    def test_of_what_is_not_chinese_are_itself(self) -> None:
        assert readings("a") == ("a",)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("zheng", "zen"),
            ("chuang", "cuan"),
            ("shi", "si"),
            ("nan", "lan"),
            ("xing", "xin"),
            ("huang", "fang"),
            ("hui", "fei"),
        ],
    )
    def test_that_people_confuse_are_one(self, one: str, other: str) -> None:
        assert merged(one) == merged(other)

    @pytest.mark.parametrize(("one", "other"), [("ba", "pa"), ("he", "fe"), ("gui", "gu"), ("zi", "ji")])
    def test_that_people_tell_apart_stay_apart(self, one: str, other: str) -> None:
        assert merged(one) != merged(other)


class TestSoundingAlike:
    def test_needs_every_character_to_sound_the_same(self) -> None:
        assert sound_alike("离港却任", "离港确认")
        assert not sound_alike("离港却让", "离港确认")
        assert not sound_alike("离港", "离港确")

    def test_exactly_leaves_out_what_is_only_confused(self) -> None:
        assert sound_alike("宗保区", "综保区", exactly=True)
        assert sound_alike("金住", "精住")
        assert not sound_alike("金住", "精住", exactly=True)

    def test_finds_terms_by_sound_but_not_the_term_itself(self) -> None:
        table = SoundTable.of(["离港确认", "锂电池"])

        assert table.alike("离岗却认") == ("离港确认",)
        assert table.alike("离港确认") == ()


class TestShapes:
    @pytest.mark.parametrize(("one", "other"), [("末", "未"), ("贷", "货"), ("官", "关"), ("己", "已")])
    def test_that_are_read_for_one_another_look_alike(self, one: str, other: str) -> None:
        assert other in shaped_like(one)
        assert one in shaped_like(other)

    def test_do_not_look_like_themselves_or_like_all_others(self) -> None:
        assert not {"末", "货"} & set(shaped_like("末"))
        assert shaped_like("a") == ()

    def test_a_group_of_one_is_refused_with_its_line(self) -> None:
        with pytest.raises(ValueError, match="line 2"):
            parse_shapes(["末未", "贷"])


class TestTermsLikeAText:
    def test_come_by_the_surest_likeness_first(self) -> None:
        found = dict(AlikeTerms.of(["锂电池", "银行贷款", "报关单"]).like("锂电迟"))

        assert found[Likeness.SAME_SOUND] == ("锂电池",)
        assert found[Likeness.CONFUSED_SOUND] == ()

    def test_come_by_shape_where_one_character_was_mistaken(self) -> None:
        found = dict(AlikeTerms.of(["银行贷款", "报关单"]).like("银行货款"))

        assert found[Likeness.SHAPE] == ("银行贷款",)


class TestLatinWords:
    @pytest.mark.parametrize(("word", "meant"), [("aoe", "aeo"), ("recp", "rcep"), ("custms", "customs")])
    def test_one_slip_away_are_found(self, word: str, meant: str) -> None:
        assert one_slip_away(word, ["aeo", "rcep", "customs", "erp"]) == (meant,)

    @pytest.mark.parametrize("word", ["ceo", "ao", "rce", "aeo"])
    def test_that_are_short_need_more_than_one_letter_in_common(self, word: str) -> None:
        assert one_slip_away(word, ["aeo", "rcep"]) == ()
