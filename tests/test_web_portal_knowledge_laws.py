"""Pages of laws: editions to switch between, links inside the text, what stands beside an article."""

# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re

from tests.app_fixtures import app, visitor  # noqa: F401 - fixtures

LAW = "/documents/trademark-law"


def test_the_edition_in_force_is_shown_and_the_other_offered(visitor):
    page = visitor.get(LAW)
    assert "现行有效" in page.text
    (other,) = [link for link in page.links("edition=2026-06-26") if not re.search("script|changes", link)]
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


def test_an_old_edition_shows_no_measures_under_numbers_that_were_other_articles(visitor):
    now, old = (visitor.get(f"/documents/foreign-trade-law{query}") for query in ("", "?edition=2022-12-30"))
    assert now.links("/documents/xiamen-2024-plan")
    assert not old.links("/documents/xiamen-2024-plan")


def test_a_citation_of_an_old_edition_leads_to_that_edition(visitor):
    answer = visitor.ask("旧的外贸法第10条")
    assert "不是现行文本" in answer.text
    (link,) = answer.links("/documents/foreign-trade-law")
    assert "edition=2022-12-30" in link
    assert "已修改" in visitor.get(link).text


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


class TestComparedEditions:
    def test_either_edition_leads_to_the_comparison(self, visitor):
        for edition in ("", "?edition=2026-06-26"):
            (link,) = visitor.get(f"{LAW}{edition}").links("/changes")
            assert "against=2019-04-23" in link
            assert "版本对照" in visitor.get(link).text

    def test_old_and_new_words_stand_in_one_text_and_are_told_apart_without_colours(self, visitor):
        page = visitor.get(f"{LAW}/changes")
        assert "2019年4月23日版改为2026年6月26日版" in page.text
        assert re.search(r"<del><span[^>]*>（删去：</span>保护商标专用权", page.html)
        assert re.search(r"<ins><span[^>]*>（新增：</span>规范商标的注册与使用", page.html)

    def test_every_article_leads_to_its_place_in_its_own_edition(self, visitor):
        page = visitor.get("/documents/foreign-trade-law/changes")
        links = page.links(r"foreign-trade-law\?edition=.*#")
        anchors = {
            version: set(visitor.get(f"/documents/foreign-trade-law?edition={version}").attributes("id"))
            for version in ("2022-12-30", "2025-12-27")
        }
        assert links
        for link in links:
            version, anchor = re.search(r"edition=([^#&]+)#(.+)", link).groups()
            assert anchor in anchors[version]

    def test_it_reads_in_the_other_script_and_says_that_this_is_a_conversion(self, visitor):
        page = visitor.get(f"{LAW}/changes?script=hant")
        assert "規範商標的註冊與使用" in page.text
        assert "由系统转换字形" in page.text

    def test_what_only_moved_is_listed_without_its_words(self, visitor):
        assert "只变条号，文字未动" in visitor.get(f"{LAW}/changes").text

    def test_a_law_in_one_edition_has_nothing_to_compare(self, visitor):
        assert visitor.get("/documents/price-law").links("/changes") == []
        assert visitor.get("/documents/price-law/changes").status == 404

    def test_the_api_gives_the_same_changes(self, app):
        given = app.test_client().get(f"/api/v1{LAW}/changes").get_json()
        assert (given["old"]["version"], given["new"]["version"]) == ("2019-04-23", "2026-06-26")
        assert given["count"] == len(given["changes"])
        first = given["changes"][0]
        assert first["kind"] == "changed"
        assert (first["before"]["label"], first["after"]["label"]) == ("第一条", "第一条")


class TestAnotherDay:
    def test_the_day_goes_with_the_conversation(self, visitor):
        page = visitor.ask("对外贸易法第十条", as_of="2024-01-01")
        assert "以下按2024-01-01那天有效的规定作答" in page.text
        assert "as_of=2024-01-01" in page.address
        assert page.attributes("value").count("2024-01-01") >= 2
        assert "按2024年1月1日那天有效的规定作答" in page.text

    def test_the_day_can_be_chosen_and_taken_back_without_a_script(self, visitor):
        page = visitor.get("/?as_of=2024-01-01")
        assert "改回今天" in page.text
        assert "改回今天" not in visitor.get("/").text
        assert 'type="date"' in visitor.get("/").html

    def test_what_is_no_day_is_today(self, visitor):
        assert "改回今天" not in visitor.get("/?as_of=gestern").text

    def test_the_api_answers_for_a_day_and_says_which(self, app):
        def chat(**fields):
            return app.test_client().post("/api/v1/chat", json={"message": "对外贸易法第十条", **fields})

        answer = chat(as_of="2024-01-01").get_json()
        assert answer["as_of"] == "2024-01-01"
        cited = answer["citations"][0]
        assert (cited["document"]["edition"], cited["document"]["status"]) == ("2022-12-30", "amended")
        assert cited["url"] == "/documents/foreign-trade-law?edition=2022-12-30#10"
        assert chat().get_json()["as_of"] is None
        assert chat(as_of="soon").status_code in (400, 422)


def test_the_card_of_an_article_names_its_law_in_its_heading(visitor):
    for message, named in (("关税法第51条", "《关税法》"), ("關稅法第51條", "《關稅法》")):
        heads = re.findall(r'<p class="clause-head"[^>]*>(.*?)</p>', visitor.ask(message).html)
        assert [re.sub("<[^>]+>", "", head).strip() for head in heads] == [
            f"{named}第五十一{'條' if '關' in named else '条'}"
        ]


def test_a_chapter_is_three_cards_and_a_list_with_links_to_its_other_articles(visitor):
    page = visitor.ask("海关法第八章讲什么")
    assert page.html.count('<div class="clause">') == 3
    links = page.links("/documents/customs-law")
    assert {f"#{number}" for number in range(82, 100)} <= {f"#{link.partition('#')[2]}" for link in links}
    assert "展开其余 7 条" in page.text
