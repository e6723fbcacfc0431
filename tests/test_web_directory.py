"""How to reach an agency, and the hotlines: on the agency's page and in the API."""

# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import shutil
from datetime import date

import pytest

from kb.corpus.folder import load_corpus
from kb.documents import directory, knowledge
from kb.documents.ingest import ingest
from tests.app_fixtures import app, visitor  # noqa: F401 - fixtures
from tests.databases import NOW
from tests.plans import SECOND_CITY
from web.app import create_app
from web.exits import ExitCode
from web.portal.knowledge.agency_pages import ContactRow, agency_page
from web.settings import Settings


@pytest.fixture
def binhai(session):
    """A database of a city whose customs has contacts on record, made up like the city."""
    ingest(session, load_corpus(SECOND_CITY), NOW)
    return session


def page_of(session, agency_id, locale="zh-Hans"):
    return agency_page(knowledge.agency(session, agency_id), [], directory.hotlines(session), locale)


class TestThePageOfAnAgency:
    def test_says_what_is_not_on_record_and_gives_the_general_hotline_with_its_source(self, visitor):
        page = visitor.get("/agencies/port-authority")

        assert "电话、地址尚未登记。" in page.text
        assert "12345政务服务便民热线" in page.text
        assert "国办发〔2020〕53号" in page.text
        assert "2026年11月30日核对" in page.text
        assert 'href="tel:12345"' in page.html
        assert "12360" not in page.text

    def test_gives_the_hotline_that_takes_its_matters(self, visitor):
        page = visitor.get("/agencies/xiamen-customs")

        assert page.text.index("12345") < page.text.index("12360海关热线")

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("zh-Hant", ("電話、地址尚未登記。", "12345政務服務便民熱線", "投訴、舉報和建議")),
            ("en", ("Telephone and address are not on record yet.", "complaints, reports and suggestions")),
        ],
    )
    def test_says_so_in_the_language_of_its_reader(self, visitor, language, words):
        page = visitor.get(f"/agencies/port-authority?lang={language}")

        assert [word for word in words if word not in page.text] == []

    def test_of_a_collective_speaks_of_no_contact(self, visitor):
        assert "联系方式" not in visitor.get("/agencies/all-members").text

    def test_gives_each_contact_with_its_source_and_the_day_it_was_checked(self, binhai):
        telephone, website = page_of(binhai, "binhai-customs").contacts

        assert telephone == ContactRow(
            "telephone", "电话", "0999-5550100", "为测试而写，滨海海关并不存在", "2026年11月2日"
        )
        assert (website.label, website.value) == ("网站", "https://customs.binhai.example/")

    def test_needs_no_general_hotline_where_a_telephone_is_on_record(self, binhai):
        customs, office = page_of(binhai, "binhai-customs"), page_of(binhai, "port-office")

        assert (customs.missing, customs.hotlines) == (("address",), ())
        assert office.missing == ("telephone", "address")
        assert [hotline.number for hotline in office.hotlines] == ["12345"]


class TestTheApi:
    def test_lists_the_hotlines(self, app):
        hotlines = app.test_client().get("/api/v1/hotlines").json["hotlines"]

        assert [hotline["number"] for hotline in hotlines if hotline["general"]] == ["12345"]
        assert {hotline["number"]: hotline["agency_id"] for hotline in hotlines}["12360"] == "xiamen-customs"
        assert all(hotline["source"] and date.fromisoformat(hotline["checked"]) for hotline in hotlines)

    def test_gives_an_agency_without_contacts_none(self, app):
        agency = app.test_client().get("/api/v1/agencies/xiamen-customs").json["agency"]

        assert (agency["contacts"], agency["jurisdiction"]) == ([], None)

    def test_gives_contacts_with_source_and_day_where_they_are_on_record(self, guanwen, tmp_path):
        home = tmp_path / "var"
        assert guanwen(home, "init", corpus=SECOND_CITY).returncode == 0
        made = create_app(Settings(home=home, rate_per_minute=0, log_level="error"))
        agency = made.test_client().get("/api/v1/agencies/binhai-customs").json["agency"]
        made.extensions["guanwen"].engine.dispose()

        assert agency["jurisdiction"] == "binhai"
        assert agency["contacts"][0] == {
            "kind": "telephone",
            "value": "0999-5550100",
            "source": "为测试而写，滨海海关并不存在",
            "checked": "2026-11-02",
        }


def test_check_counts_what_is_there_and_tells_what_is_wrong_by_file_and_line(guanwen, tmp_path):
    folder = shutil.copytree(SECOND_CITY, tmp_path / "corpus")
    sound = guanwen(tmp_path / "var", "check", corpus=folder)
    hotlines = folder / "hotlines.toml"
    hotlines.write_text(hotlines.read_text().replace("2026-11-02", "2999-11-02"))
    spoilt = guanwen(tmp_path / "var", "check", corpus=folder)

    assert sound.returncode == 0
    assert "1 hotlines, 4 places, 3 subjects" in sound.stderr
    assert spoilt.returncode == ExitCode.BAD_DATA
    assert "hotlines.toml:11: 2999-11-02 has not come yet" in spoilt.stderr
