"""The API keeps its promises, asked of a running server."""

import json

import pytest

from web.app import create_app
from web.request.visit import front_desk_of
from web.settings import Settings

PLAN = "xiamen-2024-plan"
ANSWERED = "活鱼凌晨到港能预约通关吗"
KEPT = "活鱼车今晚到，过节加班报关打哪个号码"
CONTRACT = {
    "conversation_id",
    "message_id",
    "status",
    "reason",
    "answer",
    "script",
    "citations",
    "agencies",
    "ticket",
    "suggestions",
    "confidence",
    "understood",
    "as_of",
    "parts",
}


def events(text):
    """The (name, data) pairs of an event stream."""
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.fixture(scope="module")
def kept(server):
    return server.ask(KEPT).json()


def problem(reply, status, code):
    """The problem document, checked for what all of them promise."""
    document = reply.json()
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert (reply.status, document["status"], document["code"]) == (status, status, code)
    assert document["type"] == f"/api/v1/docs#{code}"
    assert document["request_id"] == reply.headers["X-Request-ID"]
    assert document["title"]
    assert document["detail"]
    return document


class TestChat:
    def test_an_answer_is_the_whole_contract_object(self, server):
        answer = server.ask(ANSWERED).json()

        assert set(answer) == CONTRACT
        assert answer["status"] == "answered"
        assert answer["citations"][0]["document"]["id"] == PLAN

    def test_a_quote_stands_at_its_span_in_the_document_text(self, server):
        text = server.request(f"/api/v1/documents/{PLAN}/text").json()["text"]

        for citation in server.ask(ANSWERED).json()["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["quote"]

    def test_a_follow_up_needs_the_conversation_and_gets_it(self, server):
        first = server.ask("离港确认模式今年还会推广吗").json()
        second = server.ask("那归谁管", conversation_id=first["conversation_id"]).json()

        assert second["conversation_id"] == first["conversation_id"]
        assert {"厦门海关", "厦门港口局"} <= {agency["name"] for agency in second["agencies"]}

    def test_a_question_that_cannot_be_answered_in_full_gets_a_ticket(self, kept):
        assert kept["status"] in ("partial", "unanswered")
        assert kept["ticket"]["number"].startswith("WT-")
        assert kept["ticket"]["access_code"]

    def test_traditional_and_simplified_give_the_same_citations_and_confidence(self, server):
        hans, hant = (server.ask(text).json() for text in ("离港确认模式归谁管", "離港確認模式歸誰管"))

        assert [c["passage_id"] for c in hans["citations"]] == [c["passage_id"] for c in hant["citations"]]
        assert hans["confidence"] == hant["confidence"]

    def test_500_characters_are_taken_and_501_are_refused_kindly(self, server):
        assert server.ask("货" * 500).status == 200

        document = problem(server.ask("货" * 501), 422, "message_rejected")
        (fault,) = document["errors"]
        assert (fault["field"], fault["limit"], fault["length"]) == ("message", 500, 501)
        assert "501" in document["detail"]
        assert "500" in document["detail"]

    @pytest.mark.parametrize("message", ["", "   ", "\n\t", "\u0000\u0007"])
    def test_an_empty_message_is_refused_as_kindly(self, server, message):
        document = problem(server.ask(message), 422, "message_rejected")

        (fault,) = document["errors"]
        assert (fault["field"], fault["limit"], fault["length"]) == ("message", 500, 0)
        assert "请先写下您的问题" in document["detail"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "message"),
            ({"message": 5}, "message"),
            ({"message": "海关", "locale": "fr"}, "locale"),
            ({"message": "海关", "conversation_id": "../../etc"}, "conversation_id"),
            ({"mesage": "海关", "message": "海关"}, "mesage"),
            (["海关"], "body"),
        ],
    )
    def test_a_wrong_field_is_named(self, server, body, field):
        document = problem(server.request("/api/v1/chat", body), 422, "invalid")

        assert field in {fault["field"] for fault in document["errors"]}

    def test_an_unknown_conversation_is_not_found(self, server):
        problem(server.ask(ANSWERED, conversation_id="no-such"), 404, "not_found")

    @pytest.mark.parametrize(
        "message", ["海关\u0000港", "\ud800 海关", "🦐" * 20, "Ａ" * 30, "'; DROP TABLE tickets; --"]
    )
    def test_odd_characters_are_answered_and_never_break_anything(self, server, message):
        assert server.ask(message).status == 200

    def test_the_locale_words_our_own_sentences(self, server):
        assert server.ask("你好", locale="en").json()["answer"].isascii()


class TestStream:
    @staticmethod
    def stream(server, message, **fields):
        return server.request("/api/v1/chat", {"message": message, **fields}, {"Accept": "text/event-stream"})

    def test_the_events_come_in_order_and_done_is_the_whole_answer(self, server):
        reply = self.stream(server, ANSWERED)
        found = events(reply.text)
        names = [name for name, _ in found]

        assert reply.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert names[:2] == ["status", "citations"]
        assert names[-1] == "done"
        assert set(names[2:-1]) == {"delta"}
        assert set(found[-1][1]) == CONTRACT

    def test_the_deltas_joined_are_the_answer(self, server):
        found = events(self.stream(server, ANSWERED).text)

        assert "".join(data["text"] for name, data in found if name == "delta") == found[-1][1]["answer"]

    def test_a_ticket_is_an_event_of_its_own_and_can_be_looked_up_at_once(self, server):
        found = dict(events(self.stream(server, "海运拼箱冷藏柜插电费现在一天多少钱").text))
        ticket = found["ticket"]
        reply = server.request(
            f"/api/v1/tickets/{ticket['number']}", headers={"X-Access-Code": ticket["access_code"]}
        )

        assert reply.status == 200

    def test_nothing_in_between_may_hold_the_events_back(self, server):
        headers = self.stream(server, ANSWERED).headers

        assert headers["X-Accel-Buffering"] == "no"
        assert headers["Cache-Control"] == "no-cache"

    def test_an_error_after_the_beginning_is_an_event_with_a_problem(self, server):
        reply = self.stream(server, ANSWERED, conversation_id="no-such")
        name, document = events(reply.text)[-1]

        assert name == "error"
        assert (document["status"], document["code"]) == (404, "not_found")
        assert document["request_id"] == reply.headers["X-Request-ID"]

    def test_an_error_before_the_beginning_has_its_real_status(self, server):
        problem(self.stream(server, "货" * 501), 422, "message_rejected")


class TestKnowledge:
    def test_the_plan_is_listed_and_its_text_is_verbatim(self, server):
        listed = server.request("/api/v1/documents").json()["documents"]
        whole = server.request(f"/api/v1/documents/{PLAN}/text").json()

        assert PLAN in {document["id"] for document in listed}
        assert whole["document"] == server.request(f"/api/v1/documents/{PLAN}").json()
        assert whole["text"].count("廈門") > 10

    def test_the_passages_of_the_plan_hold_its_39_measures_where_they_say(self, server):
        text = server.request(f"/api/v1/documents/{PLAN}/text").json()["text"]
        passages = server.request(f"/api/v1/documents/{PLAN}/passages").json()["passages"]

        assert sum(passage["kind"] == "measure" for passage in passages) == 39
        assert all(text[passage["start"] : passage["end"]] == passage["text"] for passage in passages)

    def test_a_passage_has_its_slash_in_the_address(self, server):
        passage = server.request(f"/api/v1/passages/{PLAN}/2.6.7").json()

        assert passage["id"] == f"{PLAN}/2.6.7"
        assert passage["agencies"]

    def test_measures_are_filtered_by_section_and_agency_together(self, server):
        everything = server.request("/api/v1/measures").json()
        section = server.request("/api/v1/measures?section=2.6").json()
        agency = everything["passages"][0]["agencies"][0]["agency_id"]
        both = server.request(f"/api/v1/measures?section=2.1&agency={agency}").json()

        assert everything["count"] == len(everything["passages"]) == 39
        assert {passage["parent"] for passage in section["passages"]} == {"2.6"}
        assert all(agency in {m["agency_id"] for m in passage["agencies"]} for passage in both["passages"])
        assert 0 < both["count"] < section["count"] + 39

    def test_a_section_does_not_match_by_its_digits_alone(self, server):
        assert server.request("/api/v1/measures?section=2.6.").json()["count"] == 0
        assert server.request("/api/v1/measures?section=6").json()["count"] == 0

    def test_an_agency_comes_with_every_measure_that_names_it(self, server):
        for agency in server.request("/api/v1/agencies").json()["agencies"][:5]:
            duties = server.request(f"/api/v1/agencies/{agency['id']}").json()

            assert duties["agency"] == agency
            assert (
                duties["count"] == server.request(f"/api/v1/measures?agency={agency['id']}").json()["count"]
            )

    @pytest.mark.parametrize(
        "path",
        [
            "/api/v1/documents/none",
            "/api/v1/documents/none/text",
            "/api/v1/documents/none/passages",
            f"/api/v1/passages/{PLAN}/9.9.9",
            "/api/v1/passages/none",
            "/api/v1/agencies/none",
            "/api/v1/measures?agency=none",
        ],
    )
    def test_what_is_not_there_is_not_found(self, server, path):
        problem(server.request(path), 404, "not_found")

    def test_an_unknown_filter_is_refused_by_name(self, server):
        document = problem(server.request("/api/v1/measures?agncy=x"), 422, "invalid")

        assert document["errors"][0]["field"] == "agncy"


class TestTickets:
    def test_number_and_code_show_the_ticket_and_never_the_code(self, server, kept):
        ticket = kept["ticket"]
        reply = self.look_up(server, ticket["number"], ticket["access_code"])

        assert reply.status == 200
        assert reply.json()["question"] == KEPT
        assert reply.json()["state"] == "new"
        assert ticket["access_code"] not in reply.text

    def test_a_wrong_code_and_an_unknown_number_are_answered_alike(self, server, kept):
        wrong = problem(self.look_up(server, kept["ticket"]["number"], "AAAA-AAAA"), 404, "not_found")
        unknown = problem(self.look_up(server, "WT-20200101-0001", "AAAA-AAAA"), 404, "not_found")

        assert {**wrong, "request_id": ""} == {**unknown, "request_id": ""}

    def test_without_a_code_the_header_is_named(self, server, kept):
        document = problem(server.request(f"/api/v1/tickets/{kept['ticket']['number']}"), 422, "invalid")

        assert document["errors"][0]["field"] == "x_access_code"

    def test_a_contact_is_stored_and_shown_masked(self, server, kept):
        left = self.leave(server, kept["ticket"], "138 0000 5678")
        shown = self.look_up(server, kept["ticket"]["number"], kept["ticket"]["access_code"]).json()

        assert left.json() == {"contact": "138****5678"}
        assert shown["contact"] == "138****5678"
        assert b"13800005678" not in (server.home / "guanwen.db").read_bytes()

    def test_a_contact_that_reaches_nobody_is_refused_with_what_would(self, server, kept):
        document = problem(self.leave(server, kept["ticket"], "12345"), 422, "contact_rejected")

        assert "手机号" in document["detail"]

    def test_a_contact_needs_the_code(self, server, kept):
        problem(
            self.leave(server, {**kept["ticket"], "access_code": "AAAA-AAAA"}, "13800005678"),
            404,
            "not_found",
        )

    @staticmethod
    def look_up(server, number, code):
        return server.request(f"/api/v1/tickets/{number}", headers={"X-Access-Code": code})

    @staticmethod
    def leave(server, ticket, contact):
        return server.request(
            f"/api/v1/tickets/{ticket['number']}/contact",
            {"contact": contact},
            {"X-Access-Code": ticket["access_code"]},
        )


class TestFeedback:
    def test_a_thumb_on_an_answer_is_taken(self, server):
        message = server.ask(ANSWERED).json()["message_id"]
        reply = server.request(
            "/api/v1/feedback", {"message_id": message, "rating": "up", "comment": "有用\u0000"}
        )

        assert (reply.status, reply.text) == (204, "")

    def test_a_thumb_on_nothing_is_not_found(self, server):
        problem(
            server.request("/api/v1/feedback", {"message_id": "none", "rating": "down"}), 404, "not_found"
        )

    def test_there_are_two_thumbs(self, server):
        document = problem(
            server.request("/api/v1/feedback", {"message_id": "m", "rating": "sideways"}), 422, "invalid"
        )

        assert document["errors"][0]["field"] == "rating"


class TestErrors:
    def test_no_such_endpoint(self, server):
        problem(server.request("/api/v1/nothing"), 404, "no_such_page")

    def test_a_wrong_method_says_which_are_allowed(self, server):
        reply = server.request("/api/v1/chat")

        problem(reply, 405, "method_not_allowed")
        assert "POST" in reply.headers["Allow"]

    def test_a_body_that_is_not_json_by_its_type(self, server):
        problem(server.request("/api/v1/chat", b"message=x", {"Content-Type": "text/plain"}), 415, "not_json")

    def test_a_body_that_is_not_json_by_its_words(self, server):
        problem(server.request("/api/v1/chat", b"{"), 400, "bad_request")

    def test_a_body_nested_deeper_than_can_be_read(self, server):
        problem(server.request("/api/v1/chat", b"[" * 30_000 + b"]" * 30_000), 400, "bad_request")

    def test_a_body_beyond_all_measure(self, server):
        problem(server.request("/api/v1/chat", b'"' + b"x" * 70_000 + b'"'), 413, "too_large")

    @pytest.mark.parametrize(
        ("language", "opening"),
        [("zh-CN", "没有这个页面"), ("zh-TW", "沒有這個頁面"), ("en", "There is no"), ("fr", "没有这个页面")],
    )
    def test_the_sentence_is_in_the_clients_language(self, server, language, opening):
        reply = server.request("/api/v1/nothing", headers={"Accept-Language": language})

        assert reply.json()["title"].startswith(opening)

    def test_a_null_character_in_an_address_is_a_bad_request(self, server):
        problem(server.request("/api/v1/documents/a%00b"), 400, "bad_request")

    def test_other_sites_may_not_read_the_api(self, server):
        reply = server.request("/api/v1/documents", headers={"Origin": "https://elsewhere.example"})

        assert not [name for name in reply.headers if name.lower().startswith("access-control-")]

    def test_a_request_id_of_the_clients_is_kept_unless_it_holds_personal_data(self, server):
        def id_for(given):
            return server.request("/healthz/live", headers={"X-Request-ID": given}).headers["X-Request-ID"]

        assert id_for("trace-me-please") == "trace-me-please"
        assert "13800005678" not in id_for("call.13800005678")

    def test_the_api_sets_no_cookie(self, server):
        assert "Set-Cookie" not in server.ask(ANSWERED).headers


class TestReadiness:
    @pytest.fixture
    def app(self, home):
        """The application on a state folder of its own."""
        made = create_app(Settings(home=home, log_format="json"))
        yield made
        front_desk_of(made).close()

    def test_without_a_database_it_is_503_with_the_same_object(self, app, home):
        well = app.test_client().get("/healthz/ready")
        front_desk_of(app).close()
        (home / "guanwen.db").unlink()
        away = app.test_client().get("/healthz/ready")

        assert (well.status_code, away.status_code) == (200, 503)
        assert set(away.json) == set(well.json)
        assert (away.json["status"], away.json["database"]) == ("unavailable", "unavailable")
        assert away.json["index"] == "ok"

    def test_a_damaged_new_index_is_told_and_logged_once_while_the_old_one_serves(self, app, home, caplog):
        front_desk_of(app).desk.reader.current()
        generation = (home / "index" / "CURRENT").read_text().strip()
        (home / "index" / "aside").write_text("20990101T000000Z-none")
        (home / "index" / "aside").replace(home / "index" / "CURRENT")
        ready = [app.test_client().get("/healthz/ready") for _ in range(3)]

        assert {reply.status_code for reply in ready} == {200}
        assert {reply.json["generation"] for reply in ready} == {generation}
        assert all(reply.json["problem"] for reply in ready)
        assert str(home) not in ready[0].text
        assert [record.name for record in caplog.records if record.levelname == "WARNING"] == ["web.health"]
