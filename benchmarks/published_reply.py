"""From an approver's click to an answer, beside a big corpus: the served product, two workers, over HTTP."""

import json
import re
import shutil
import tempfile
import time
import urllib.parse
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path

from benchmarks.served import serving
from benchmarks.state_folder import environment
from kb.casework import drafts, triage
from kb.casework.drafts import DraftText
from kb.corpus.folder import load_corpus
from kb.documents import knowledge
from kb.documents.indexing import rebuild_index
from kb.documents.ingest import ingest
from kb.documents.passage_cache import shared_shelf
from kb.replies.reply_citations import Span
from kb.staff.actors import Role
from kb.staff.users import actor_of, add, by_name
from kb.store.db import Session, make_engine, session_factory
from kb.tickets import tickets
from kb.working_time import CHINA
from tests.corpora import FERRY, make_document

_ARTICLES = 26_000
_QUESTION = "活鱼车今晚到，加班报关打哪个号码"
_ASKED = "活魚半夜到港要加班報關，打哪個電話？"
_REPLY = "活鲜货物夜间到港需要加班报关的，请提前四小时拨打值班电话0592-5666000预约。"
_ANSWERS_IN_A_ROW = 6
_LONGEST = 60


def measure_publication(home: Path) -> dict[str, float]:
    """Seconds from sending the approval until both workers answer with the reply, at 26,000 passages."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        seconds = seconds_to_answer(shutil.copytree(home, Path(folder) / "var"), _ARTICLES)
    return {"publication to answer at 26,000 passages, s": seconds}


def seconds_to_answer(home: Path, articles: int) -> float:
    """The same in the state folder ``home`` with so many articles more than it holds."""
    number, password = _prepare(home, articles)
    with serving(environment(home)) as (port, _):
        return _publish(f"http://127.0.0.1:{port}", number, password)


def _prepare(home: Path, count: int) -> tuple[str, str]:
    """So many articles beside the plan, and a reply that waits for its approver."""
    engine, moment = make_engine(f"sqlite:///{home / 'guanwen.db'}"), datetime.now(UTC)
    sessions = session_factory(engine, shared_shelf())
    articles = [
        f"进出口货物的收发货人应当自第{number}类货物运抵之日起{number % 60 + 1}日内，"
        f"向第{number % 97}号口岸的主管单位办理第{number % 389}项手续，逾期的按规定处理。"
        for number in range(count)
    ]
    corpus = load_corpus(Path(__file__).parent.parent / "corpus")
    laws = [make_document("bench-law", articles, kind="law")] if articles else []
    with sessions.begin() as session:
        both = replace(corpus, documents=(*corpus.documents, *laws), agencies=(*corpus.agencies, FERRY))
        ingest(session, both, moment)
    with sessions() as session:
        rebuild_index(session, home / "index", moment)
    with sessions.begin() as session:
        prepared = _waiting(session, moment)
    engine.dispose()
    return prepared


def _waiting(session: Session, moment: datetime) -> tuple[str, str]:
    measure = "xiamen-2024-plan/2.1.1"
    passage = knowledge.passage(session, measure, on=moment.astimezone(CHINA).date())
    agency = passage.agencies[0].agency.id
    people = {}
    for role in (Role.CURATOR, Role.CLERK, Role.APPROVER):
        place = agency if role.of_agency else None
        first = add(session, role.value, display_name="", role=role, agency_id=place, email=None, now=moment)
        user = by_name(session, role.value)
        user.must_change = False
        people[role] = (actor_of(user), first)
    kept = tickets.keep_question(
        session,
        question=_QUESTION,
        script="hans",
        reason="not_stated",
        conversation_id=None,
        nearest=[passage],
        agencies=[],
        now=moment,
        code_key=b"k" * 32,
    )
    triage.route(session, people[Role.CURATOR][0], kept.number, lead=agency, joint=[], version=1, now=moment)
    text = DraftText("夜间活鲜加班报关的电话", _REPLY, (_QUESTION,), (Span(measure),))
    drafts.submit(session, people[Role.CLERK][0], kept.number, text, version=None, now=moment)
    return kept.number, people[Role.APPROVER][1]


def _publish(url: str, number: str, password: str) -> float:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    token = _field(_get(opener, f"{url}/console/sign-in"), "csrf_token")
    _post(opener, f"{url}/console/sign-in", csrf_token=token, name="approver", password=password)
    for _ in range(8):
        _ask(url)  # both workers have opened the index and read the corpus, as on any working day
    page = _get(opener, f"{url}/console/tickets/{number}")
    fields = {name: _field(page, name) for name in ("csrf_token", "version")}
    began = time.perf_counter()
    _post(opener, f"{url}/console/tickets/{number}/act", act="publish", **fields)
    row = 0
    while row < _ANSWERS_IN_A_ROW:
        row = row + 1 if _ask(url).startswith("reply-") else 0
        if time.perf_counter() - began > _LONGEST:
            raise SystemExit("the reply is not answered with")
    return time.perf_counter() - began


def _ask(url: str) -> str:
    """The passage that is cited first; empty for none."""
    body = json.dumps({"message": _ASKED}).encode()
    request = urllib.request.Request(f"{url}/api/v1/chat", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as response:
        citations = json.load(response)["citations"]
    return str(citations[0]["passage_id"]) if citations else ""


def _get(opener: urllib.request.OpenerDirector, url: str) -> str:
    with opener.open(url, timeout=120) as response:
        return str(response.read().decode())


def _post(opener: urllib.request.OpenerDirector, url: str, **fields: str) -> None:
    with opener.open(url, urllib.parse.urlencode(fields).encode(), timeout=120):
        pass


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]
