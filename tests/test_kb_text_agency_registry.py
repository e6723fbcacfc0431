"""Agencies found by name, in either script, alone and in a sentence."""

import pytest

from kb.corpus.agency_file import read_agencies
from kb.corpus.source_files import SourceFile
from tests.plans import XIAMEN, XIAMEN_AGENCIES, parsed

CUSTOMS = """
[[agency]]
id = "customs"
name_hans = "海关"
name_hant = "海關"
"""


def problems_of(toml: str) -> list[tuple[int, str]]:
    """Line and English reason of everything wrong with the text of an agencies file."""
    _, problems = read_agencies(SourceFile("agencies.toml", toml))

    assert {problem.file for problem in problems} <= {"agencies.toml"}
    return [(problem.line, problem.reason_en) for problem in problems]


class TestXiamen:
    def test_every_agency_is_named_in_the_plan_in_just_that_form(self) -> None:
        named = {mention.name for node in parsed(XIAMEN).root.walk() for mention in node.agencies}

        assert {agency.name_hant for agency in XIAMEN_AGENCIES} == named

    @pytest.mark.parametrize(
        ("name", "agency_id"),
        [
            ("廈門海關", "xiamen-customs"),
            ("厦门海关", "xiamen-customs"),
            ("海关", "xiamen-customs"),
            ("市商務局(口岸辦)", "port-office"),
            ("市商务局（口岸办）", "port-office"),
            ("口岸办", "port-office"),
            ("市商务局", "commerce-bureau"),
            ("发改委", "development-reform"),
            ("自贸区厦门片区管委会", "ftz-committee"),
            ("邊檢", "border-inspection"),
            ("各成员单位", "all-members"),
        ],
    )
    def test_a_name_is_found_in_either_script_and_width(self, name: str, agency_id: str) -> None:
        agency = XIAMEN_AGENCIES.resolve(name)

        assert agency is not None
        assert agency.id == agency_id

    @pytest.mark.parametrize("name", ["", "海", "厦门海关处", "宁波海关", "口岸"])
    def test_what_is_no_name_is_not_found(self, name: str) -> None:
        assert XIAMEN_AGENCIES.resolve(name) is None

    def test_only_the_collective_is_one(self) -> None:
        assert [agency.id for agency in XIAMEN_AGENCIES if agency.collective] == ["all-members"]


class TestMentions:
    def test_stand_where_the_text_has_them(self) -> None:
        text = "請問廈門海關和厦门港口局,谁管？"

        assert [(text[start:end], key) for start, end, key in XIAMEN_AGENCIES.mentions(text)] == [
            ("廈門海關", "xiamen-customs"),
            ("厦门港口局", "port-authority"),
        ]

    def test_are_as_long_as_they_can_be(self) -> None:
        assert XIAMEN_AGENCIES.mentions("市商務局（口岸辦）") == [(0, 9, "port-office")]
        assert XIAMEN_AGENCIES.mentions("市商務局、口岸辦") == [
            (0, 4, "commerce-bureau"),
            (5, 8, "port-office"),
        ]

    def test_keep_their_place_behind_characters_that_fold_to_several(self) -> None:
        assert XIAMEN_AGENCIES.mentions("㎡㍿海关") == [(2, 4, "xiamen-customs")]

    def test_may_be_missing(self) -> None:
        assert XIAMEN_AGENCIES.mentions("") == []
        assert XIAMEN_AGENCIES.mentions("海上通关") == []


class TestFile:
    def test_gives_agencies_in_its_order(self) -> None:
        text = CUSTOMS + CUSTOMS.replace("customs", "harbour").replace("海", "港")
        agencies, problems = read_agencies(SourceFile("agencies.toml", text))

        assert problems == []
        assert [agency.id for agency in agencies or ()] == ["customs", "harbour"]

    @pytest.mark.parametrize(
        ("toml", "line", "reason"),
        [
            (CUSTOMS + 'colour = "red"', 6, "colour is not a known field"),
            (CUSTOMS.replace('name_hant = "海關"', ""), 2, "name_hant is missing"),
            (CUSTOMS.replace('"海關"', '" "'), 5, "name_hant is blank or of a wrong form"),
            (CUSTOMS.replace('"海關"', '"港口"'), 5, "is not name_hans in the other script"),
            (CUSTOMS.replace('"customs"', '"海关"'), 3, "id is blank or of a wrong form"),
            (CUSTOMS + 'aliases = ["海關"]', 6, "海關 already belongs to customs"),
            (CUSTOMS + 'aliases = ["关", "關"]', 6, "關 already belongs to customs"),
            (CUSTOMS + 'portal_url = "example.org"', 6, "portal_url is blank or of a wrong form"),
            (CUSTOMS + 'members = ["customs"]', 6, "only a collective has members"),
            (CUSTOMS + 'collective = true\nmembers = ["coast"]', 7, "no other agency has the id coast"),
            (CUSTOMS + 'collective = true\nmembers = ["customs"]', 7, "no other agency has the id customs"),
            (CUSTOMS + CUSTOMS.replace("海", "港"), 8, "id customs is used twice"),
            (CUSTOMS + CUSTOMS.replace("customs", "coast"), 9, "海关 already belongs to customs"),
            (CUSTOMS + "aliases = [", 6, "not TOML: Invalid value (at end of document)"),
            (CUSTOMS + "aliases = x", 6, "not TOML: Invalid value (at line 6, column 11)"),
            ('[[agencies]]\nid = "a"', 1, "agencies is not known here"),
            ('agency = [{id = "a"}]', 1, "write it as [[agency]]"),
        ],
    )
    def test_is_refused_line_by_line(self, toml: str, line: int, reason: str) -> None:
        assert (line, reason) in problems_of(toml)

    def test_tells_everything_at_once(self) -> None:
        wrong = CUSTOMS.replace('"海關"', '""').replace("id", "key")

        assert problems_of(wrong) == [
            (2, "id is missing"),
            (5, "name_hant is blank or of a wrong form"),
            (3, "key is not a known field"),
        ]
