"""The API's description is valid, complete, and true of the API."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator

from web.app import create_app
from web.settings import Settings

LABELS = [
    "GET /api/v1/agencies",
    "GET /api/v1/agencies/{agency_id}",
    "GET /api/v1/documents",
    "GET /api/v1/documents/{document_id}",
    "GET /api/v1/documents/{document_id}/changes",
    "GET /api/v1/documents/{document_id}/editions",
    "GET /api/v1/documents/{document_id}/passages",
    "GET /api/v1/documents/{document_id}/text",
    "GET /api/v1/hotlines",
    "GET /api/v1/measures",
    "GET /api/v1/passages/{passage_id}",
    "GET /api/v1/tickets/{number}",
    "GET /healthz/live",
    "GET /healthz/ready",
    "POST /api/v1/chat",
    "POST /api/v1/feedback",
    "POST /api/v1/tickets/{number}/contact",
    "POST /api/v1/tickets/{number}/deletion",
    "POST /api/v1/tickets/{number}/join",
    "POST /api/v1/tickets/{number}/rating",
    "POST /api/v1/tickets/{number}/supplement",
]
SOME = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(module_home):
    return create_app(Settings(home=module_home, rate_per_minute=0))


@pytest.fixture(scope="module")
def spec(app):
    return app.test_client().get("/api/v1/openapi.json").json


def operations(spec):
    return [operation for path in spec["paths"].values() for operation in path.values()]


def test_it_is_valid_openapi_3_1(spec):
    assert spec["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(spec).iter_errors()) == []


def test_every_route_of_the_api_is_described(app, spec):
    routes = {
        rule.rule.replace("<path:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("api.", "health."))
    }

    assert routes == set(spec["paths"])


def test_every_field_and_operation_is_explained_with_an_example(spec):
    for operation in operations(spec):
        assert operation["summary"]
        assert operation["operationId"]
    for name, schema in spec["components"]["schemas"].items():
        for field, details in schema.get("properties", {}).items():
            assert details.get("description") or "$ref" in details, f"{name}.{field}"


def test_every_error_is_a_problem_document(spec):
    for operation in operations(spec):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"]


def test_chat_promises_both_forms_and_its_limits(spec):
    chat = spec["paths"]["/api/v1/chat"]["post"]

    assert set(chat["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    assert {"400", "413", "415", "422", "429", "500"} <= set(chat["responses"])
    message = spec["components"]["schemas"]["ChatRequest"]["properties"]["message"]
    assert (message["minLength"], message["maxLength"]) == (1, 500)


def test_the_address_in_it_is_the_operators_and_not_the_clients(initialised_home):
    app = create_app(Settings(home=initialised_home, base_url="https://guanwen.example/"))
    spec = app.test_client().get("/api/v1/openapi.json", headers={"Host": "evil.example"}).json

    assert spec["servers"] == [{"url": "https://guanwen.example"}]


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_docs_page_names_every_operation_object_and_code_without_outside_files(app, spec, language):
    reply = app.test_client().get("/api/v1/docs", headers={"Accept-Language": language})
    page = reply.text

    for operation in operations(spec):
        assert f'id="{operation["operationId"]}"' in page
    for name in spec["components"]["schemas"]:
        assert f'id="schema-{name}"' in page
    assert 'id="message_rejected"' in page
    assert "<script>" not in page
    assert 'src="http' not in page
    assert "undefined" not in page.lower()
    assert "`" not in page
    assert "<code>Accept: text/event-stream</code>" in page


def test_the_docs_page_keeps_the_order_of_the_tags(app, spec):
    page = app.test_client().get("/api/v1/docs").text
    shown = re.findall(r'<h2 class="h4" id="(\w+)">', page)
    tag_of = {operation["operationId"]: operation["tags"][0] for operation in operations(spec)}
    tags = [tag_of[name] for name in shown if name in tag_of]

    assert list(dict.fromkeys(tags)) == [tag["name"] for tag in spec["tags"]]
    assert tags == sorted(tags, key=[tag["name"] for tag in spec["tags"]].index)


@pytest.mark.parametrize("label", LABELS)
def test_what_the_api_gives_to_any_request_is_what_it_describes(app, label):
    @SOME
    @given(described(app, label).as_strategy())
    def keeps_its_word(case):
        case.call_and_validate()

    keeps_its_word()


def test_every_operation_is_put_to_that_test(app):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    assert {found.ok().label for found in schema.get_all_operations()} == set(LABELS)


def described(app, label):
    """The operation with this label."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return next(
        operation for found in schema.get_all_operations() if (operation := found.ok()).label == label
    )
