"""Contacts, hotlines, places and subjects: read from the corpus, refused by line, kept and given."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indexer.text.folding import folded_text
from kb.corpus.agency_contacts import is_telephone
from kb.corpus.folder import Corpus, load_corpus
from kb.documents import directory, knowledge
from kb.documents.indexing import rebuild_index
from kb.documents.ingest import ingest
from kb.documents.passages import ContactView
from kb.errors import CorpusRefused
from kb.store.tables.documents import Revision
from tests.databases import NOW
from tests.plans import SECOND_CITY, XIAMEN_PLAN

TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(days=1)
AGENCIES = "agencies.toml"
HOTLINES = "hotlines.toml"
PLACES = "jurisdictions.toml"
SUBJECTS = "subjects/binhai-2025-plan.toml"
TELEPHONE = ContactView("telephone", "0999-5550100", "为测试而写，滨海海关并不存在", date(2026, 11, 2))
HOTLINE = """
[[hotline]]
number = "12346"
name_hans = "另一热线"
name_hant = "另一熱線"
takes_hans = "别的"
takes_hant = "別的"
takes_en = "Others"
source = "为测试而写"
checked = 2026-11-02
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound corpus to spoil."""
    return shutil.copytree(SECOND_CITY, tmp_path / "corpus")


@pytest.fixture
def binhai(session: Session) -> Session:
    """A session on a database that holds the second city."""
    ingest(session, load_corpus(SECOND_CITY), NOW)
    return session


def told(folder: Path) -> list[tuple[str, int, str]]:
    """File, line and English reason of every problem."""
    with pytest.raises(CorpusRefused) as refused:
        load_corpus(folder, TODAY)
    return [(problem.file, problem.line, problem.reason_en) for problem in refused.value.problems]


def spoil(folder: Path, file: str, old: str, new: str, place: str = "") -> int:
    """Put ``new`` for the first ``old``; the line of ``place`` afterwards, else of what was put in."""
    path = folder / file
    text = path.read_text(encoding="utf-8")

    assert old in text
    at = text.index(old)
    path.write_text(text := text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(place) if place else at].count("\n") + 1


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("file", "old", "new", "place", "reason"),
        [
            (AGENCIES, 'kind = "telephone"', 'kind = "fax"', "", "kind must be 'telephone', 'hours'"),
            (AGENCIES, "0999-5550100", "call us", "", "must be a telephone number such as"),
            (AGENCIES, "0999-5550100", "13900000000", "", "must be a telephone number such as"),
            (AGENCIES, "https://customs.binhai.example/", "customs", "", "must be an address such as"),
            (AGENCIES, 'source = "为测试而写"', "", "[[agency.contact]]\nkind = \"web", "source is missing"),
            (AGENCIES, "2026-11-03", "2026-11-24", "", "2026-11-24 has not come yet"),
            (AGENCIES, "2026-11-03", '"soon"', "", "checked must be a date, year-month-day"),
            (AGENCIES, 'jurisdiction = "binhai"', 'jurisdiction = "ningbo"', "", "has no ningbo"),
            (HOTLINES, '"12345"', '"call"', "", "must be a telephone number such as 12345"),
            (HOTLINES, "諮詢、求助", "求助", "takes_hant", "is not takes_hans in the other script"),
            (HOTLINES, "general = true", 'agency = "nobody"', "", "no agency has the id nobody"),
            (HOTLINES, "2026-11-02", "2027-01-01", "", "2027-01-01 has not come yet"),
            (HOTLINES, "says = [", 'says = ["便民熱線", ', "", "便民热线 already belongs to 12345"),
            (PLACES, "[home]", "[house]", "", "house is not known here"),
            (PLACES, 'id = "binhai"', "", "[home]", "id is missing"),
            (PLACES, 'within = ["hai', 'within = ["bay', "", "no place has the id bay-province"),
            (PLACES, 'kind = "port"', 'kind = "harbour"', "", "kind must be 'port', 'district'"),
            (PLACES, "海東", "海西", "", "is not name in the other script"),
            (PLACES, "Bangkok", "寧波", "", "寧波 already belongs to"),
            (PLACES, '"hai-province"\nname', '"binhai"\nname', "", "id binhai is used twice"),
            (SUBJECTS, '"2.1.3"', '"2.1.9"', "", "binhai-2025-plan has no passage 2.1.9"),
            (SUBJECTS, '"2.1.3"', "", "", "covers names no passage"),
            (SUBJECTS, 'id = "fees"', 'id = "fresh"', "", "id fresh is used twice"),
            (SUBJECTS, '"费用"', '"鮮活"', "", "鮮活 already belongs to fresh"),
            (SUBJECTS, 'kind = "part"', 'kind = "chapter"', "", "kind must be 'matter', 'place'"),
        ],
    )  # fmt: skip
    def test_is_told_with_its_line(
        self, folder: Path, file: str, old: str, new: str, place: str, reason: str
    ) -> None:
        line = spoil(folder, file, old, new, place)

        assert [said for *where, said in told(folder) if where == [file, line] and reason in said]

    def test_holds_the_same_contact_twice(self, folder: Path) -> None:
        spoil(folder, AGENCIES, 'kind = "website"', 'kind = "telephone"')
        line = spoil(folder, AGENCIES, "https://customs.binhai.example/", "0999-5550100")

        assert told(folder) == [(AGENCIES, line, "0999-5550100 is given twice")]

    def test_holds_a_number_or_a_general_hotline_twice(self, folder: Path) -> None:
        path = folder / HOTLINES
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{HOTLINE.replace('12346', '12345')}general = true\n", encoding="utf-8")

        assert {reason for _, _, reason in told(folder)} == {
            "number 12345 is used twice",
            "12345 is the general one already",
        }

    def test_holds_subjects_of_a_document_that_is_not_there(self, folder: Path) -> None:
        (folder / SUBJECTS).rename(folder / "subjects/old-plan.toml")

        assert told(folder) == [("subjects/old-plan.toml", 1, "there is no document old-plan")]

    def test_holds_no_home(self, folder: Path) -> None:
        (folder / PLACES).write_text('[[place]]\nname = "宁波"\nkind = "city"\n', encoding="utf-8")

        assert told(folder) == [(PLACES, 1, "[home] is missing")]

    def test_without_a_day_nothing_is_held_against_the_day_of_a_check(self, folder: Path) -> None:
        spoil(folder, AGENCIES, "2026-11-03", "2099-11-03")

        assert load_corpus(folder).agencies[0].contact[1].checked == date(2099, 11, 3)


class TestACorpus:
    def test_may_do_without_any_of_it(self, folder: Path) -> None:
        shutil.rmtree(folder / "subjects")
        (folder / HOTLINES).unlink()
        (folder / PLACES).unlink()
        spoil(folder, AGENCIES, 'jurisdiction = "binhai"\n', "")
        read = load_corpus(folder, TODAY)

        assert (read.hotlines, read.jurisdictions, read.subjects) == ((), None, {})

    def test_of_this_repository_names_home_hotlines_and_subjects(self, corpus: Corpus) -> None:
        assert [hotline.number for hotline in corpus.hotlines] == [
            "12345",
            "12360",
            "12315",
            "12366",
            "12367",
        ]
        assert [hotline.number for hotline in corpus.hotlines if hotline.general] == ["12345"]
        assert corpus.jurisdictions
        assert "Xiamen" in corpus.jurisdictions.home.aliases
        assert corpus.jurisdictions.home.within == ("fujian", "china")
        assert {place.name for place in corpus.jurisdictions.places if place.home} >= {"海沧", "高崎", "东渡"}
        assert [*corpus.subjects] == [XIAMEN_PLAN]

    def test_of_this_repository_gives_no_contact_without_a_source(self, corpus: Corpus) -> None:
        assert [agency.id for agency in corpus.agencies if agency.contact] == []


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("0592-1234567", True),
        ("+86 592-1234567", True),
        ("010-12345678转3", True),
        ("400-123-4567", True),
        ("12360", True),
        ("5550100", False),
        ("13900000000", False),
        ("592-1234567", False),
        ("123a5", False),
    ],
)
def test_a_public_number_is_told_from_others(number: str, is_one: bool) -> None:
    assert is_telephone(number) is is_one


class TestTheDirectory:
    def test_gives_contacts_with_the_agency_in_their_order(self, binhai: Session) -> None:
        customs = knowledge.agency(binhai, "binhai-customs")

        assert [contact.kind for contact in customs.contacts] == ["telephone", "website"]
        assert customs.contacts[0] == TELEPHONE
        assert customs.jurisdiction == "binhai"
        assert directory.contacts(binhai) == {customs.id: customs.contacts}
        assert knowledge.agency(binhai, "port-office").contacts == ()

    def test_gives_contacts_with_an_agency_that_a_passage_names(self, binhai: Session) -> None:
        passage = knowledge.passage(binhai, "binhai-2025-plan/2.1.2", on=TODAY)

        assert [mention.agency.contacts[:1] for mention in passage.agencies] == [(TELEPHONE,)]

    def test_gives_hotlines(self, binhai: Session) -> None:
        (hotline,) = directory.hotlines(binhai)

        assert (hotline.number, hotline.general, hotline.agency_id) == ("12345", True, None)
        assert hotline.says == ("政务热线", "便民热线")
        assert directory.general_hotline(binhai) == hotline

    def test_gives_home_and_places_with_names_in_both_scripts(self, binhai: Session) -> None:
        found = directory.jurisdictions(binhai)

        assert found.home
        assert found.home.names == ("滨海", "濱海", "滨海市")
        assert [(place.name_hant, place.home, place.passing) for place in found.places] == [
            ("海東", False, True),
            ("濱海新港", True, False),
            ("寧波", False, False),
            ("曼谷", False, True),
        ]

    def test_gives_subjects_with_the_passages_they_cover(self, binhai: Session) -> None:
        fresh, fees, part = knowledge.subjects(binhai)

        assert (fresh.document_id, fresh.kind, fresh.covers) == (
            "binhai-2025-plan",
            "matter",
            ("binhai-2025-plan/2.1.3",),
        )
        assert (fresh.named, fees.named) == (fresh.asked, ("收费",))
        assert (part.kind, part.titled) == ("part", ("物流成本",))

    def test_is_empty_before_the_first_ingest(self, session: Session) -> None:
        assert directory.contacts(session) == {}
        assert directory.hotlines(session) == []
        assert directory.general_hotline(session) is None
        assert directory.jurisdictions(session) == directory.Jurisdictions()
        assert directory.subjects(session) == []


class TestIngest:
    def test_of_the_same_corpus_again_makes_no_revision(self, binhai: Session) -> None:
        ingest(binhai, load_corpus(SECOND_CITY), LATER)

        assert binhai.scalar(select(func.count()).select_from(Revision)) == 1

    def test_follows_what_changed_and_makes_a_revision(self, binhai: Session, folder: Path) -> None:
        spoil(folder, AGENCIES, "0999-5550100", "0999-5550199")
        spoil(folder, SUBJECTS, '"2.2.4", "2.2.5"]', '"2.2.4"]')
        spoil(folder, PLACES, '[[place]]\nname = "宁波"\nkind = "city"\n', "")
        (folder / HOTLINES).unlink()
        before = knowledge.revision(binhai)
        ingest(binhai, load_corpus(folder), LATER)

        assert knowledge.revision(binhai) > before
        assert knowledge.agency(binhai, "binhai-customs").contacts[0].value == "0999-5550199"
        assert knowledge.subjects(binhai)[1].covers == ("binhai-2025-plan/2.2.4",)
        assert "宁波" not in [place.name_hans for place in directory.jurisdictions(binhai).places]
        assert directory.hotlines(binhai) == []

    def test_of_a_corpus_without_an_agency_shows_its_contacts_no_longer(self, binhai: Session) -> None:
        corpus = load_corpus(SECOND_CITY)
        ingest(binhai, replace(corpus, agencies=corpus.agencies[1:], documents=()), LATER)

        assert directory.contacts(binhai) == {}

    def test_that_changes_the_directory_alone_makes_a_new_generation(
        self, binhai: Session, folder: Path, tmp_path: Path
    ) -> None:
        first = rebuild_index(binhai, tmp_path / "index", NOW)
        spoil(folder, SUBJECTS, '"费用"', '"价钱"')
        ingest(binhai, load_corpus(folder), LATER)
        second = rebuild_index(binhai, tmp_path / "index", LATER)

        assert second != first
        assert rebuild_index(binhai, tmp_path / "index", LATER + timedelta(hours=1)) == second


def test_places_of_the_repository_have_one_name_in_both_scripts(loaded_session: Session) -> None:
    for place in directory.jurisdictions(loaded_session).places:
        assert folded_text(place.name_hans) == folded_text(place.name_hant)
