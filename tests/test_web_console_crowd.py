"""Twenty clerks and fifty askers at once: no update lost, no deadlock, no number given twice, no error.

Lasts 15 seconds; ``CROWD_SECONDS=60`` makes it the minute of the promise.
"""

# ruff: noqa: S311 - chance only has to be uneven here

import json
import os
import random
import re
import shutil
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from http.cookiejar import CookieJar

import pytest
from sqlalchemy import func, select

from kb.staff.actors import Role
from kb.store.db import make_engine, session_factory
from kb.store.tables.tickets import Ticket, TicketEvent
from kb.tickets import audit
from tests.databases import LOADED
from tests.served import serving
from tests.staff import CUSTOMS, PASSWORD, hire
from web.clock import now

CLERKS, CURATORS, ASKERS = 20, 2, 50
SECONDS = float(os.environ.get("CROWD_SECONDS", "15"))
MATTERS = ("电话号码", "收费标准", "办理网址", "申请表格", "办理时限")


class Browser:
    """Somebody with cookies; keeps count of every status."""

    def __init__(self, url, statuses):
        self.url, self.statuses = url, statuses
        handler = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(handler)

    def send(self, path, body=None, headers=None, what=""):
        request = urllib.request.Request(self.url + path, body, headers or {})
        try:
            with self.opener.open(request, timeout=60) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        self.statuses[what or path.split("?")[0], status] += 1
        return status, text

    def form(self, path, fields, what):
        return self.send(path, urllib.parse.urlencode(fields).encode(), what=what)

    def json(self, path, body, what):
        return self.send(path, json.dumps(body).encode(), {"Content-Type": "application/json"}, what)

    def sign_in(self, name):
        _, page = self.send("/console/sign-in", what="form")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        status, _ = self.form(
            "/console/sign-in", {"csrf_token": token, "name": name, "password": PASSWORD}, "sign in"
        )
        assert status == 200


def clerk_at_work(browser, rng, until, done):
    while time.monotonic() < until:
        _, inbox = browser.send("/console", what="inbox")
        numbers = re.findall(r"/console/tickets/(WT-\d{8}-\d{4})", inbox)
        if not numbers:
            time.sleep(0.2)
            continue
        # Few tickets among many clerks, so that they meet.
        number = rng.choice(numbers[:5])
        _, page = browser.send(f"/console/tickets/{number}", what="ticket")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        version = re.search(r'name="version" value="(\d+)"', page)
        if version is None:
            continue
        fields = {"csrf_token": token, "version": version[1]}
        if rng.random() < 0.5:
            words = f"note {rng.random()}"
            status, _ = browser.form(
                f"/console/tickets/{number}/act", {**fields, "act": "note", "reason": words}, "note"
            )
            done["note"] += status == 200
        else:
            status, _ = browser.form(
                f"/console/tickets/{number}/reply",
                {**fields, "do": "save", "heading": "标题", "body": f"正文 {rng.random()}"},
                "draft",
            )
            done["draft"] += status == 200


def curator_at_work(browser, until):
    while time.monotonic() < until:
        _, inbox = browser.send("/console?place=unrouted", what="inbox")
        keys = re.findall(r'name="ticket" value="(WT-\d{8}-\d{4}:\d+)"', inbox)[:3]
        token = re.search(r'name="csrf_token" value="([^"]+)"', inbox)[1]
        if keys:
            fields = [("csrf_token", token), ("agency", CUSTOMS), *(("ticket", key) for key in keys)]
            browser.form("/console/assign", fields, "assign")
        time.sleep(0.3)


def asker_at_work(browser, rng, until, numbers):
    while time.monotonic() < until:
        question = f"活鱼通关第{rng.randrange(10**6)}号预约的{rng.choice(MATTERS)}是多少"
        status, text = browser.json("/api/v1/chat", {"message": question}, "chat")
        ticket = json.loads(text).get("ticket") if status == 200 else None
        if ticket:
            numbers.append(ticket["number"])
            if ticket["similar"] and rng.random() < 0.5:
                browser.send(
                    f"/api/v1/tickets/{ticket['number']}/join",
                    json.dumps({"to": ticket["similar"]["number"]}).encode(),
                    {"Content-Type": "application/json", "X-Access-Code": ticket["access_code"]},
                    "join",
                )
        time.sleep(rng.random())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, initialised_home, tmp_path):
    """A state folder, its database's address, and the setting that names it."""
    home = shutil.copytree(initialised_home, tmp_path / "var")
    if request.param == "sqlite":
        return home, f"sqlite:///{home / 'guanwen.db'}", {}
    url = request.getfixturevalue("postgresql_databases").copy(LOADED)
    return home, url, {"database_url": url}


def test_a_crowd_loses_nothing_and_meets_no_error(database, tmp_path):
    home, url, setting = database
    engine = make_engine(url)
    with session_factory(engine).begin() as session:
        for place in range(CLERKS):
            hire(session, f"clerk{place}", Role.CLERK, now(), CUSTOMS)
        for place in range(CURATORS):
            hire(session, f"curator{place}", Role.CURATOR, now())
    statuses, done, numbers = Counter(), Counter(), []
    with serving(home, tmp_path / "log", workers=2, threads=32, rate_per_minute=0, **setting) as server:
        staff = [Browser(server.url, statuses) for _ in range(CLERKS + CURATORS)]
        for place, browser in enumerate(staff):
            browser.sign_in(f"clerk{place}" if place < CLERKS else f"curator{place - CLERKS}")
        until = time.monotonic() + SECONDS
        jobs = [
            *(
                (clerk_at_work, (one, random.Random(place), until, done))
                for place, one in enumerate(staff[:CLERKS])
            ),
            *((curator_at_work, (one, until)) for one in staff[CLERKS:]),
            *(
                (asker_at_work, (Browser(server.url, statuses), random.Random(place), until, numbers))
                for place in range(ASKERS)
            ),
        ]
        failures = run_all(jobs)
    assert failures == []

    wrong = {what: count for what, count in statuses.items() if what[1] not in (200, 409)}
    assert wrong == {}
    assert len(numbers) == len(set(numbers)) >= ASKERS
    with session_factory(engine)() as session:
        assert audit.verify(session).breaches == ()
        assert session.scalar(select(func.count()).select_from(Ticket)) == len(numbers)
        written = dict(
            session.execute(select(TicketEvent.action, func.count()).group_by(TicketEvent.action)).all()
        )
    engine.dispose()
    acts = ("note", "draft")
    assert [written.get(act, 0) for act in acts] == [done[act] for act in acts]
    assert sum(done[act] for act in acts) > 0
    assert statuses["join", 200] > 0


def run_all(jobs):
    """Run all at once; what went wrong in any of them."""
    failures = []

    def run(job, arguments):
        try:
            job(*arguments)
        except BaseException as error:  # shown below, where the test can see it
            failures.append(repr(error))

    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
