"""Every route with every role and with nobody: what opens, what does not, and nothing through other doors."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re

import pytest

from kb.casework import triage
from kb.casework.access import acts_open_to, may_act
from kb.staff.actors import Role
from kb.tickets.tickets import row
from tests.app_fixtures import Visitor, app  # noqa: F401 - fixtures
from tests.console import Staff
from tests.staff import CUSTOMS, PORT, ask, hire
from web.clock import now
from web.console.casework.acts import DEEDS
from web.request.visit import front_desk_of

EVERYBODY = frozenset(Role)
CURATOR, CLERK, APPROVER, AUDITOR, ADMIN = Role

# Written out by hand, not taken from the code: it says who is meant to come in.
MEANT = {
    ("GET", "/console"): EVERYBODY,
    ("GET", "/console/tickets/<number>"): EVERYBODY,
    ("GET", "/console/replies"): EVERYBODY,
    ("GET", "/console/password"): EVERYBODY,
    ("POST", "/console/password"): EVERYBODY,
    ("POST", "/console/second-factor"): EVERYBODY,
    ("POST", "/console/second-factor/on"): EVERYBODY,
    ("POST", "/console/second-factor/off"): EVERYBODY,
    ("POST", "/console/assign"): {CURATOR},
    ("POST", "/console/tickets/<number>/act"): {CURATOR, CLERK, APPROVER},
    ("POST", "/console/tickets/<number>/reply"): {CLERK},
    ("POST", "/console/replies/<int:reply_id>/review"): {APPROVER},
    ("GET", "/console/routes"): {CURATOR, AUDITOR},
    ("GET", "/console/editions"): {CURATOR, AUDITOR},
    ("GET", "/console/editions/<document_id>"): {CURATOR, AUDITOR},
    ("POST", "/console/routes"): {CURATOR},
    ("GET", "/console/outbox"): {CURATOR, AUDITOR, ADMIN},
    ("POST", "/console/outbox/<message_id>/again"): {CURATOR, ADMIN},
    ("GET", "/console/users"): {ADMIN},
    ("POST", "/console/users"): {ADMIN},
    ("POST", "/console/users/<name>/disable"): {ADMIN},
    ("POST", "/console/users/<name>/reset"): {ADMIN},
    # Last, since they end what the walk needs.
    ("POST", "/console/sign-out"): EVERYBODY,
    ("POST", "/console/sign-out-everywhere"): EVERYBODY,
}
SIGN_IN = {("GET", "/console/sign-in"), ("POST", "/console/sign-in")}


@pytest.fixture(scope="module")
def number(app):
    """A ticket that is with customs; and an account of every role, of customs where it is of an agency."""
    with front_desk_of(app).transaction() as session:
        for role in Role:
            hire(session, role.value, role, now(), CUSTOMS if role.of_agency else None)
        hire(session, "stranger", Role.CLERK, now(), PORT)
        hire(session, "stranger2", Role.APPROVER, now(), PORT)
        kept = ask(session, "冻虾到港，查验费由谁出", now()).number
        curator = hire(session, "router", Role.CURATOR, now())
        triage.route(session, curator, kept, lead=CUSTOMS, joint=[], version=None, now=now())
        return kept


def routes(app):
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def address(rule, number):
    """A real address for a rule; what is not the ticket's number is nobody's."""
    return re.sub(r"<[^>]*>", lambda part: number if part[0] == "<number>" else "0", rule)


def call(person, method, path):
    """The status, without following where it leads."""
    if method == "GET":
        return person.client.get(path).status_code
    return person.client.post(path, data={"csrf_token": person.token()}).status_code


def test_the_table_names_every_route_of_the_console(app):
    console = {route for route in routes(app) if route[1].startswith("/console")}

    assert console == MEANT.keys() | SIGN_IN


@pytest.mark.parametrize("role", Role)
def test_each_role_comes_in_where_it_is_meant_to_and_nowhere_else(app, number, role):
    opened = {}
    for method, rule in MEANT:
        person = Staff(app, role.value)
        opened[method, rule] = call(person, method, address(rule, number)) not in (401, 403)

    assert opened == {route: role in roles for route, roles in MEANT.items()}


def test_nobody_comes_in_without_signing_in(app, number):
    visitor = Visitor(app)
    statuses = {route: call(visitor, route[0], address(route[1], number)) for route in MEANT}

    assert statuses == {route: 303 if route[0] == "GET" else 401 for route in MEANT}
    assert visitor.client.get("/console").location.startswith("/console/sign-in")


@pytest.mark.parametrize("name", ["stranger", "stranger2"])
def test_another_agency_finds_no_such_ticket_by_any_route(app, number, name):
    person = Staff(app, name)
    for method, rule in MEANT:
        if "<number>" in rule:
            assert call(person, method, address(rule, number)) in (403, 404), rule
    for act in DEEDS:
        page = person.send(f"/console/tickets/{number}/act", act=act, version=3, reason="x")
        assert page.status == 404, act
    assert number not in person.get("/console?place=all").text
    assert "没有符合条件的工单" in person.get(f"/console?place=all&q={number}").text


def test_being_staff_opens_nothing_at_the_public_doors(app, number):
    nobody, curator = Visitor(app), Staff(app, "curator")
    for method, rule in routes(app):
        if rule.startswith("/console") or "static" in rule:
            continue
        path = address(rule, number)
        assert call(curator, method, path) == call(nobody, method, path), (method, rule)


@pytest.mark.parametrize("role", Role)
def test_an_act_that_the_page_offers_is_one_that_the_role_may_do_and_the_others_are_refused(
    app, number, role
):
    person = Staff(app, role.value)
    with front_desk_of(app).trial() as session:
        ticket = row(session, number)
        actor = hire(session, "somebody", role, now(), CUSTOMS if role.of_agency else None)
        offered = set(acts_open_to(actor, ticket))
        never = [act for act in DEEDS if not may_act(actor, act, ticket)]
    page = person.get(f"/console/tickets/{number}").html

    shown = set(re.findall(r'name="act" value="(\w+)"', page)) | (
        {"draft", "submit"} & set(map(str, offered))
    )
    assert shown == set(map(str, offered))
    for act in never:
        sent = person.send(f"/console/tickets/{number}/act", act=act, version=3, reason="x")
        assert sent.status == 403, act
