"""Meaning through the front doors: made by a command, lost with its service, counted, explained, undone."""

import json
import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.embedding_service import Service
from web.app import create_app
from web.settings import Settings


@pytest.fixture(scope="module")
def client(initialised_home: Path, tmp_path_factory: pytest.TempPathFactory):
    """The application by words alone, without a rate limit."""
    home = shutil.copytree(initialised_home, tmp_path_factory.mktemp("meaning") / "var")
    made = create_app(Settings(home=home, rate_per_minute=0, log_level="error", semantics="off"))
    yield made.test_client()
    made.extensions["guanwen"].engine.dispose()


def ask(client, message: str, **fields) -> dict:
    return client.post("/api/v1/chat", json={"message": message, **fields}).json


def counted(client, name: str) -> float:
    text = client.get("/metrics").text
    return float(re.search(rf"^{re.escape(name)} ([\d.]+)$", text, re.MULTILINE)[1])


def test_a_service_that_dies_costs_no_answer_and_is_counted(guanwen, home: Path, embeddings: Service) -> None:
    made = guanwen(home, "vectors", embeddings_url=embeddings.url)
    settings = Settings(home=home, rate_per_minute=0, log_level="error", embeddings_url=embeddings.url)
    app = create_app(settings)
    client = app.test_client()
    alive = client.get("/healthz/ready").json["meaning"]
    embeddings.status = [500]
    answer = ask(client, "活虾深夜到港能提前约海关吗")
    app.extensions["guanwen"].engine.dispose()

    assert made.returncode == 0, made.stderr
    assert alive == "on"
    assert answer["citations"][0]["section"] == "2.1.1"
    assert counted(client, "guanwen_meaning_fallbacks_total") >= 1
    assert counted(client, 'guanwen_answers_total{status="answered"}') == 1


def test_vectors_without_a_model_are_refused_in_one_line(guanwen, initialised_home: Path) -> None:
    ended: CompletedProcess = guanwen(initialised_home, "vectors", semantics="off")

    assert (ended.returncode, ended.stderr.count("\n")) == (69, 1)
    assert "GUANWEN_EMBEDDINGS_URL" in ended.stderr


def test_a_correction_is_undone_by_asking_literally(client) -> None:
    taken = ask(client, "离港却认归谁管")
    literal = ask(client, taken["understood"]["undo"], literal=True)

    assert taken["understood"]["because"] == "spelling"
    assert taken["citations"][0]["section"] == "2.1.2"
    assert literal["understood"] is None


def test_a_follow_up_shows_what_it_was_taken_for_and_is_undone_by_asking_literally(client) -> None:
    first = ask(client, "“离港确认”模式是什么")
    follow = ask(client, "那归谁管", conversation_id=first["conversation_id"])
    literal = ask(
        client, follow["understood"]["undo"], conversation_id=first["conversation_id"], literal=True
    )

    assert follow["understood"]["because"] == "follow_up"
    assert follow["understood"]["question"] in follow["answer"]
    assert follow["citations"][0]["section"] == "2.1.2"
    assert literal["status"] == "clarify"


def test_explaining_goes_from_reading_to_decision(guanwen, initialised_home: Path) -> None:
    told = guanwen(initialised_home, "ask", "锂电池包装检验归谁管", "--explain", semantics="off").stdout
    headings = ["Reading", "Terms", "Candidates", "Features", "Confidence and threshold", "Decision"]

    assert [line for line in told.splitlines() if line in headings] == headings


def test_explaining_leaves_json_on_stdout_alone(guanwen, initialised_home: Path) -> None:
    ended = guanwen(initialised_home, "ask", "锂电池包装检验", "--explain", "--json", semantics="off")

    assert json.loads(ended.stdout)["status"]
    assert "Decision" in ended.stderr
