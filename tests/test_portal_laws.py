"""Pages of laws: editions to switch between, links inside the text, what stands beside an article."""

# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re

from tests.app_fixtures import app, visitor  # noqa: F401 - fixtures

LAW = "/documents/trademark-law"


def test_the_edition_in_force_is_shown_and_the_other_offered(visitor):
    page = visitor.get(LAW)
    assert "现行有效" in page.text
    (other,) = [link for link in page.links("edition=") if "2026-06-26" in link and "script" not in link]
    assert "尚未施行" in visitor.get(other).text


def test_an_edition_that_does_not_exist_is_not_found(visitor):
    assert visitor.get(f"{LAW}?edition=1999-01-01").status == 404


def test_every_article_has_an_anchor_and_a_place_in_the_outline(visitor):
    page = visitor.get("/documents/customs-law")
    anchors = set(page.attributes("id"))
    assert {str(number) for number in range(1, 103)} <= anchors
    outline = re.findall(r'<li class="depth-(\d)"><a href="#(c?\d+)">', page.html)
    assert ("0", "c5") in outline
    assert ("1", "53") in outline


def test_references_are_links_to_what_exists(visitor):
    page = visitor.get("/documents/e-commerce-law")
    anchors = set(page.attributes("id"))
    references = re.findall(r'<a class="reference" href="([^"]+)">([^<]+)</a>', page.html)
    assert any(words == "本法第八十一条" for _, words in references)
    own = [link.partition("#")[2] for link, _ in references if "/e-commerce-law" in link]
    assert set(own) <= anchors


def test_a_measure_shows_the_law_it_rests_on_and_the_law_the_measure(visitor):
    plan = visitor.get("/documents/xiamen-2024-plan")
    assert "/documents/e-commerce-law#72" in plan.links("e-commerce-law")
    law = visitor.get("/documents/e-commerce-law")
    assert "/documents/xiamen-2024-plan#2.2.1" in law.links("xiamen-2024-plan")


def test_a_citation_of_an_old_edition_leads_to_that_edition(visitor):
    answer = visitor.ask("旧的外贸法第10条")
    assert "这一条后来有变动" in answer.text


def test_the_start_page_names_the_city_s_documents_and_not_every_law(visitor):
    assert "海关法" not in visitor.get("/").text


def test_the_api_gives_the_edition_of_today_of_a_day_or_by_its_name(app):
    client = app.test_client()

    def edition(query):
        given = client.get(f"/api/v1{LAW}{query}").get_json()
        return given["version"], given["status"]

    assert edition("") == ("2019-04-23", "in_force")
    assert edition("?as_of=2027-01-01") == ("2026-06-26", "in_force")
    assert edition("?edition=2026-06-26") == ("2026-06-26", "not_yet_in_force")
    editions = client.get(f"/api/v1{LAW}/editions").get_json()["editions"]
    assert [one["version"] for one in editions] == ["2026-06-26", "2019-04-23"]
    assert client.get(f"/api/v1{LAW}?as_of=soon").status_code in (400, 422)
