"""The command line: results on stdout, the rest on stderr, fixed exit codes, two languages."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from cryptography.fernet import Fernet

from kb.store.db import make_engine, session_factory
from kb.tickets import tickets
from tests.databases import EMPTY
from tests.served import PROJECT, environment, run
from web.cli.columns import width_of, wrap
from web.cli.program import COMMANDS
from web.clock import now
from web.exits import ExitCode
from web.state.home import open_home

QUESTION = "离港确认模式归谁管"
KEPT = "活鱼车今晚到，过节加班报关打哪个号码"
TWO_TURNS = {"id": "A", "turns": [QUESTION, "还有别的吗"]}


def one_line(ended, code):
    assert ended.returncode == code, ended.stderr
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    return ended.stderr


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_shows_an_example_of_itself(self, guanwen, tmp_path, command):
        shown = guanwen(tmp_path, command, "--help")

        assert shown.returncode == 0
        assert re.search(rf"Example:\n  .*guanwen {command}", shown.stdout)

    def test_the_program_lists_its_commands_and_exit_codes(self, guanwen, tmp_path):
        shown = guanwen(tmp_path, "--help")

        assert all(re.search(rf"^  {command}\b", shown.stdout, re.MULTILINE) for command in COMMANDS)
        assert all(re.search(rf"^  {code} +\w", shown.stdout, re.MULTILINE) for code in map(int, ExitCode))

    def test_arguments_are_not_listed_among_the_options(self, guanwen, tmp_path):
        options = guanwen(tmp_path, "ask", "--help").stdout.partition("Options")[2]

        assert "--keep" in options
        assert "QUESTION" not in options

    @pytest.mark.parametrize(("language", "words"), [("zh_CN.UTF-8", "设置"), ("zh_TW.UTF-8", "設置")])
    def test_chinese_terminals_get_chinese_in_their_own_characters(self, tmp_path, language, words):
        shown = run(tmp_path, "--help", language=language).stdout

        assert words in shown
        assert "Usage" not in shown
        assert "Options" not in shown

    def test_help_needs_no_state_folder_and_makes_none(self, guanwen, tmp_path):
        guanwen(tmp_path / "var", "ask", "--help")

        assert not (tmp_path / "var").exists()

    def test_the_version_is_the_packages(self, guanwen, tmp_path):
        assert re.fullmatch(r"guanwen \d+\.\d+\.\d+\n", guanwen(tmp_path, "--version").stdout)


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["frob"],
            ["ask", "--frob"],
            ["ask"],
            ["tickets", "show"],
            ["ask", QUESTION, "--jsonl", "x"],
            ["ask", "--json", "--jsonl"],
            [],
        ],
        ids=" ".join,
    )
    def test_a_command_written_wrongly_is_one_line_and_code_2(self, guanwen, initialised_home, arguments):
        assert "--help" in one_line(guanwen(initialised_home, *arguments), 2)

    def test_the_line_is_chinese_on_a_chinese_terminal(self, tmp_path):
        assert "没有这个命令" in one_line(run(tmp_path, "frob", language="zh_CN.UTF-8"), 2)


class TestInit:
    def test_a_second_run_changes_nothing_and_keeps_the_secrets(self, guanwen, home):
        before = {path: path.read_bytes() for path in (home / "secrets").iterdir()}
        current = (home / "index" / "CURRENT").read_bytes()

        again = guanwen(home, "init")

        assert again.returncode == 0
        assert re.search(r"0 added, 0 changed, \d+ unchanged, 0 withdrawn", again.stderr)
        assert {path: path.read_bytes() for path in (home / "secrets").iterdir()} == before
        assert (home / "index" / "CURRENT").read_bytes() == current

    def test_tickets_survive_another_init(self, guanwen, home):
        guanwen(home, "ask", KEPT, "--keep")
        guanwen(home, "init")

        assert KEPT in guanwen(home, "tickets", "list").stdout

    def test_an_unwritable_folder_is_one_line(self, guanwen, tmp_path):
        (tmp_path / "file").touch()

        assert "GUANWEN_HOME" in one_line(guanwen(tmp_path / "file" / "var", "init"), 73)

    @pytest.mark.parametrize("name", ["index", "guanwen.db"])
    def test_a_place_in_the_folder_that_cannot_be_written_is_one_line(self, guanwen, tmp_path, name):
        if name == "index":
            (tmp_path / name).touch()
        else:
            (tmp_path / name).mkdir()
        refused = guanwen(tmp_path, "init")

        assert refused.returncode == 73
        assert "GUANWEN_HOME" in refused.stderr.splitlines()[-1]
        assert str(tmp_path / name) in refused.stderr.splitlines()[-1]

    @pytest.mark.parametrize("command", [["init"], ["publish"], ["ask", QUESTION]], ids=" ".join)
    def test_a_database_of_a_newer_version_is_left_alone_in_one_line(self, guanwen, home, command):
        with closing(sqlite3.connect(home / "guanwen.db")) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        refused = guanwen(home, *command)

        assert refused.returncode == 69
        assert "newer version" in refused.stderr.splitlines()[-1]

    def test_an_operator_is_not_told_to_come_back_later(self, guanwen, home):
        (home / "index" / "CURRENT").unlink()
        line = one_line(guanwen(home, "ask", QUESTION), 69)

        assert "index cannot be used" in line
        assert "try again later" not in line

    def test_an_unreachable_database_is_one_line_without_the_password(self, guanwen, tmp_path):
        address = "postgresql://guanwen:hunter2@127.0.0.1:1/guanwen"
        line = guanwen(tmp_path, "init", database_url=address).stderr.splitlines()[-1]

        assert "127.0.0.1" in line
        assert "hunter2" not in line


def test_the_same_commands_work_on_postgresql(guanwen, postgresql_databases, tmp_path):
    url = postgresql_databases.copy(EMPTY)

    prepared = guanwen(tmp_path, "init", database_url=url)
    kept = json.loads(guanwen(tmp_path, "ask", "--json", "--keep", KEPT, database_url=url).stdout)
    listed = guanwen(tmp_path, "tickets", "list", database_url=url)

    assert prepared.returncode == 0, prepared.stderr
    assert kept["ticket"]["number"] in listed.stdout
    assert not (tmp_path / "guanwen.db").exists()


class TestCorpus:
    @pytest.fixture
    def broken(self, tmp_path):
        """A corpus with two faults in one document."""
        corpus = tmp_path / "corpus"
        (corpus / "documents").mkdir(parents=True)
        for name in ("agencies.toml", "vocabulary.toml"):
            (corpus / name).write_text((PROJECT / "corpus" / name).read_text())
        (corpus / "documents" / "bad.md").write_text("no front matter here\n")
        return corpus

    def test_check_of_the_own_corpus_is_content_and_writes_nothing(self, guanwen, tmp_path):
        checked = guanwen(tmp_path / "var", "check")

        assert checked.returncode == 0, checked.stderr
        assert not (tmp_path / "var").exists()

    @pytest.mark.parametrize("command", ["check", "ingest"])
    def test_faults_are_listed_with_file_and_line_and_nothing_is_changed(
        self, guanwen, home, broken, command
    ):
        refused = guanwen(home, command, corpus=broken)

        assert refused.returncode == 65
        assert re.search(r"bad\.md:\d+: ", refused.stderr)
        assert guanwen(home, "ask", QUESTION, "--json").returncode == 0

    def test_ingest_and_publish_after_a_change_serve_the_changed_text(self, guanwen, home, tmp_path):
        corpus = shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
        plan = corpus / "documents" / "xiamen-2024-plan.md"
        plan.write_text(plan.read_text().replace("離港確認", "離岸確認"))

        ingested = guanwen(home, "ingest", corpus=corpus)
        published = guanwen(home, "publish")
        answer = json.loads(guanwen(home, "ask", "离岸确认模式归谁管", "--json").stdout)

        assert (ingested.returncode, published.returncode) == (0, 0)
        assert "1 changed" in ingested.stderr
        assert "離岸確認" in answer["citations"][0]["quote"]


class TestAsk:
    def test_the_card_shows_answer_clause_and_agencies_without_colour_codes_in_a_pipe(self, initialised_home):
        asked = run(initialised_home, "ask", QUESTION, language="zh_CN.UTF-8")

        assert asked.returncode == 0
        for words in ("已作答", "二、(一)2", "厦门海关", "厦门港口局"):
            assert words in asked.stdout
        assert "\x1b" not in asked.stdout

    def test_json_is_the_contract_object(self, guanwen, initialised_home):
        answer = json.loads(guanwen(initialised_home, "ask", "--json", QUESTION).stdout)

        assert answer["status"] == "answered"
        assert answer["citations"][0]["section"] == "2.1.2"

    def test_the_answer_does_not_depend_on_the_terminals_language(self, initialised_home):
        answers = [
            json.loads(run(initialised_home, "ask", "--json", QUESTION, language=language).stdout)["answer"]
            for language in ("C.UTF-8", "zh_TW.UTF-8")
        ]

        assert answers[0] == answers[1]

    def test_nothing_is_kept_unless_asked_for(self, guanwen, home):
        preview = json.loads(guanwen(home, "ask", "--json", KEPT).stdout)
        before = guanwen(home, "tickets", "list").stdout
        kept = json.loads(guanwen(home, "ask", "--json", "--keep", KEPT).stdout)

        assert preview["ticket"]["number"] == kept["ticket"]["number"]
        assert before == ""
        assert kept["ticket"]["number"] in guanwen(home, "tickets", "list").stdout

    def test_lines_from_stdin_are_conversations_of_their_own(self, guanwen, initialised_home):
        lines = "".join(json.dumps(line) + "\n" for line in (TWO_TURNS, {"id": 2, "turns": ["你好"]}))
        asked = guanwen(initialised_home, "ask", "--jsonl", stdin=lines)
        first, second = map(json.loads, asked.stdout.splitlines())

        assert (first["id"], second["id"]) == ("A", 2)
        assert len(first["responses"]) == 2
        assert len({response["conversation_id"] for response in first["responses"]}) == 1
        assert second["responses"][0]["conversation_id"] != first["responses"][0]["conversation_id"]

    def test_lines_from_a_file_are_answered_the_same(self, guanwen, initialised_home, tmp_path):
        (tmp_path / "q.jsonl").write_text(json.dumps(TWO_TURNS) + "\n\n")
        asked = guanwen(initialised_home, "ask", "--jsonl", str(tmp_path / "q.jsonl"))

        assert len(json.loads(asked.stdout)["responses"]) == 2

    def test_a_turn_that_cannot_be_asked_is_refused_in_its_place(self, guanwen, initialised_home):
        lines = [
            {"id": 1, "turns": ["", QUESTION, "货" * 501, "\ud800", "那归谁管\ud800"]},
            {"id": 2, "turns": [" "], "locale": "en"},
            {"id": 3, "turns": []},
        ]
        asked = guanwen(initialised_home, "ask", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
        first, second, third = (json.loads(line)["responses"] for line in asked.stdout.splitlines())

        assert asked.returncode == 0, asked.stderr
        assert [one["status"] for one in first[:4]] == ["refused", "answered", "refused", "refused"]
        assert {one["reason"] for one in (first[0], first[2], first[3])} == {"input_rejected"}
        assert first[4]["conversation_id"] == first[1]["conversation_id"]
        assert "501" in first[2]["answer"]
        assert second[0]["answer"] == "Please write your question first."
        assert third == []

    def test_a_line_may_hold_what_other_programs_take_for_a_line_end(self, guanwen, initialised_home):
        line = json.dumps({"id": "A", "turns": [f"{QUESTION}\u2028"]}, ensure_ascii=False)
        asked = guanwen(initialised_home, "ask", "--jsonl", stdin=f"\ufeff{line}\r\n")

        assert json.loads(asked.stdout)["responses"][0]["status"] == "answered"

    def test_stdin_that_is_not_utf_8_is_one_line(self, guanwen, initialised_home):
        line = one_line(guanwen(initialised_home, "ask", "--jsonl", stdin=QUESTION.encode("gbk")), 65)

        assert "standard input: not UTF-8" in line

    @pytest.mark.parametrize(
        "bad",
        [
            "{",
            '{"id": 1}',
            "[]",
            '"x"',
            "[" * 30_000,
            '{"id": [], "turns": []}',
            '{"id": true, "turns": []}',
            '{"id": "\\ud800", "turns": []}',
            '{"id": 1, "turns": "x"}',
            '{"id": 1, "turns": [1]}',
            '{"id": 1, "turns": [], "locale": "fr"}',
        ],
    )
    def test_a_bad_line_is_named_before_anything_is_answered(self, guanwen, initialised_home, bad):
        lines = json.dumps(TWO_TURNS) + "\n" + bad
        line = one_line(guanwen(initialised_home, "ask", "--jsonl", stdin=lines), 65)

        assert "standard input, line 2: " in line

    def test_a_missing_file_has_its_own_code(self, initialised_home):
        assert "no-such.jsonl" in one_line(run(initialised_home, "ask", "--jsonl", "no-such.jsonl"), 66)

    @pytest.mark.parametrize("question", ["", "货" * 501])
    def test_an_empty_or_endless_question_is_one_line(self, guanwen, initialised_home, question):
        assert "500" in one_line(guanwen(initialised_home, "ask", question), 2)

    def test_before_init_it_says_so(self, tmp_path):
        assert "guanwen init" in one_line(run(tmp_path / "var", "ask", QUESTION), 69)

    def test_a_reader_that_has_seen_enough_is_no_error(self, initialised_home):
        command = f"{sys.executable} -m web.cli ask --jsonl | head -c 10"
        lines = "".join(json.dumps({**TWO_TURNS, "id": n}) + "\n" for n in range(40))
        ended = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            input=lines,
            env=environment(initialised_home),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )

        assert "Traceback" not in ended.stderr
        assert "BrokenPipe" not in ended.stderr


FULL = {
    "id": "1",
    "script": "hans",
    "kind": "agency",
    "turns": [QUESTION],
    "answerable": "full",
    "measures": ["2.1.2"],
    "law": [],
    "agencies": ["厦门海关", "厦门港口局"],
    "must_contain": [],
    "log": False,
}
GREETING = {**FULL, "id": "2", "kind": "smalltalk", "turns": ["你好"], "answerable": "none"}


class TestEval:
    @pytest.fixture
    def questions(self, tmp_path):
        path = tmp_path / "questions.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in (FULL, GREETING)))
        return str(path)

    def test_json_gives_passed_asked_and_share(self, guanwen, initialised_home, questions):
        figures = json.loads(guanwen(initialised_home, "eval", questions, "--json").stdout)

        assert figures["cite@1"] == [1, 1, 1.0]
        assert figures["abstained"] == [1, 1, 1.0]

    def test_the_table_has_a_line_a_measure(self, guanwen, initialised_home, questions):
        table = guanwen(initialised_home, "eval", questions).stdout

        assert re.search(r"^cite@1 +1/1 +100.0%  \[20.7%, 100.0%\]$", table, re.MULTILINE)

    def test_answers_from_a_file_are_scored_without_asking(
        self, guanwen, initialised_home, questions, tmp_path
    ):
        answers = tmp_path / "answers.jsonl"
        answers.write_text(json.dumps({"id": "1", "responses": [{"status": "unanswered"}]}) + "\n")
        scored = guanwen(
            initialised_home, "eval", questions, "--answers", str(answers), "--json", "--misses", "1"
        )
        figures, miss = scored.stdout.splitlines()

        assert json.loads(figures)["cite@1"] == [0, 1, 0.0]
        assert QUESTION in miss

    @pytest.mark.parametrize(
        "change",
        [{"answerable": "maybe"}, {"turns": []}, {"law": ["x"]}, {"agencies": "厦门海关"}],
        ids=lambda change: next(iter(change)),
    )
    def test_labels_that_mean_nothing_are_refused_by_line(self, guanwen, initialised_home, tmp_path, change):
        (tmp_path / "q.jsonl").write_text(json.dumps({**FULL, **change}))

        assert "line 1" in one_line(guanwen(initialised_home, "eval", str(tmp_path / "q.jsonl")), 65)

    def test_an_empty_set_is_refused(self, guanwen, initialised_home, tmp_path):
        (tmp_path / "q.jsonl").write_text("\n")

        assert "q.jsonl" in one_line(guanwen(initialised_home, "eval", str(tmp_path / "q.jsonl")), 65)

    @pytest.mark.parametrize("responses", [{}, ["x"], [{"citations": [{"section": "1"}]}]], ids=str)
    def test_answers_that_cannot_be_judged_are_refused_by_line(
        self, guanwen, initialised_home, questions, tmp_path, responses
    ):
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "responses": responses}))
        scored = guanwen(initialised_home, "eval", questions, "--answers", str(tmp_path / "a.jsonl"))

        assert "a.jsonl, line 1" in one_line(scored, 65)

    def test_a_turn_that_cannot_be_asked_counts_as_not_answered(self, guanwen, initialised_home, tmp_path):
        (tmp_path / "q.jsonl").write_text(json.dumps({**FULL, "id": 7, "turns": ["\ud800"]}))
        scored = guanwen(initialised_home, "eval", str(tmp_path / "q.jsonl"), "--json", "--misses", "1")

        assert json.loads(scored.stdout.splitlines()[0])["answered"] == [0, 1, 0.0]

    def test_nothing_is_kept(self, guanwen, home, questions):
        guanwen(home, "eval", questions)

        assert guanwen(home, "tickets", "list").stdout == ""


@pytest.fixture(scope="module")
def kept_home(initialised_home, tmp_path_factory):
    """A state folder with one ticket."""
    path = shutil.copytree(initialised_home, tmp_path_factory.mktemp("kept") / "var")
    assert run(path, "ask", "--keep", KEPT).returncode == 0
    return path


def leave_contact(home, number, contact):
    """What the asker does on the ticket's page."""
    opened = open_home(home)
    engine = make_engine(opened.database_url)
    with session_factory(engine).begin() as session:
        tickets.leave_contact(session, number, contact, keys=[opened.secrets.contact], now=now())
    engine.dispose()


class TestTickets:
    @pytest.fixture
    def number(self, guanwen, kept_home):
        return guanwen(kept_home, "tickets", "list").stdout.split()[0]

    def test_show_tells_all_but_the_code(self, kept_home, number):
        shown = run(kept_home, "tickets", "show", number, language="zh_CN.UTF-8")

        assert KEPT in shown.stdout
        assert "待受理" in shown.stdout

    def test_show_as_json_is_one_object(self, guanwen, kept_home, number):
        assert json.loads(guanwen(kept_home, "tickets", "show", number, "--json").stdout)["number"] == number

    def test_a_contact_is_shown_masked_unless_asked_for(self, guanwen, home):
        ticket = json.loads(guanwen(home, "ask", "--json", "--keep", KEPT).stdout)["ticket"]
        assert "none left" in guanwen(home, "tickets", "show", ticket["number"], "--contact").stdout
        leave_contact(home, ticket["number"], "13800005678")

        masked = guanwen(home, "tickets", "show", ticket["number"]).stdout
        assert "138****5678" in masked
        assert "13800005678" not in masked
        assert "13800005678" in guanwen(home, "tickets", "show", ticket["number"], "--contact").stdout
        told = guanwen(home, "tickets", "show", ticket["number"], "--contact", "--json").stdout
        assert json.loads(told)["contact"] == "13800005678"

    def test_a_contact_sealed_with_a_lost_key_is_one_line(self, guanwen, home):
        ticket = json.loads(guanwen(home, "ask", "--json", "--keep", KEPT).stdout)["ticket"]
        leave_contact(home, ticket["number"], "13800005678")
        (home / "secrets" / "contact").write_bytes(Fernet.generate_key())

        assert "secrets/contact" in one_line(
            guanwen(home, "tickets", "show", ticket["number"], "--contact"), 1
        )

    def test_an_unknown_number_is_one_line_and_code_1(self, guanwen, kept_home):
        one_line(guanwen(kept_home, "tickets", "show", "WT-20200101-0001"), 1)

    def test_the_list_can_be_narrowed(self, guanwen, kept_home):
        assert guanwen(kept_home, "tickets", "list", "--state", "closed").stdout == ""
        assert "frob" in one_line(guanwen(kept_home, "tickets", "list", "--state", "frob"), 2)

    def test_the_table_opens_in_a_spreadsheet(self, guanwen, kept_home, number, tmp_path):
        path = tmp_path / "tickets.csv"
        exported = guanwen(kept_home, "tickets", "export", "--format", "csv", str(path))
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))

        assert exported.returncode == 0
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert [row["工单号"] for row in rows] == [number]

    def test_lines_go_to_stdout_by_default(self, guanwen, kept_home, number):
        assert json.loads(guanwen(kept_home, "tickets", "export").stdout)["number"] == number

    def test_a_file_that_cannot_be_written_is_one_line(self, guanwen, kept_home, tmp_path):
        one_line(guanwen(kept_home, "tickets", "export", str(tmp_path / "none" / "t.jsonl")), 73)


class TestDoctor:
    def test_a_well_folder_is_ticked_off(self, guanwen, initialised_home):
        seen = guanwen(initialised_home, "doctor", port=1025)

        assert seen.returncode == 0, seen.stdout
        assert "✗" not in seen.stdout
        assert seen.stdout.count("✓") == 6

    def test_an_empty_folder_is_sent_to_init(self, guanwen, tmp_path):
        seen = guanwen(tmp_path / "var", "doctor")

        assert seen.returncode == 1
        assert "guanwen init" in seen.stdout

    def test_a_damaged_index_is_sent_to_publish_and_publish_mends_it(self, guanwen, home):
        generation = home / "index" / (home / "index" / "CURRENT").read_text().strip()
        next(path for path in generation.iterdir() if path.name != "manifest.json").write_text("{}")
        seen = guanwen(home, "doctor")
        guanwen(home, "publish")

        assert seen.returncode == 1
        assert "guanwen publish" in seen.stdout
        assert "guanwen publish" not in guanwen(home, "doctor").stdout

    def test_a_running_server_is_recognised(self, guanwen, server):
        port = int(server.url.rpartition(":")[2])

        assert f"running at {server.url}" in guanwen(server.home, "doctor", port=port).stdout


class TestColumns:
    def test_no_line_is_wider_than_allowed_except_for_a_closing_mark(self):
        text = "推進智慧港口建設，用於 ERP(企業管理系統) 的 Single Window 數據接口。" * 5

        assert all(width_of(line) <= 42 for line in wrap(text, 40))
        assert "".join(wrap(text, 40)).replace(" ", "") == text.replace(" ", "")

    def test_a_closing_mark_never_begins_a_line(self):
        assert not [line for line in wrap("一二三四五。" * 20, 10) if line.startswith("。")]

    def test_a_latin_word_is_not_torn(self):
        assert list(wrap("one two three", 8)) == ["one two", "three"]


class TestAnotherDay:
    def test_ask_answers_from_what_was_in_force_and_says_so(self, guanwen, initialised_home):
        asked = guanwen(initialised_home, "ask", "对外贸易法第十条", "--as-of", "2024-01-01", "--json")
        answer = json.loads(asked.stdout)
        assert answer["as_of"] == "2024-01-01"
        assert answer["citations"][0]["document"]["edition"] == "2022-12-30"

    def test_a_file_of_questions_is_answered_for_the_day_too(self, guanwen, initialised_home):
        line = json.dumps({"id": "1", "turns": ["对外贸易法第十条"]})
        asked = guanwen(initialised_home, "ask", "--jsonl", "--as-of", "2024-01-01", stdin=line)
        assert json.loads(asked.stdout)["responses"][0]["as_of"] == "2024-01-01"

    def test_what_is_no_day_is_one_line(self, guanwen, initialised_home):
        for command in (["ask", QUESTION], ["documents"]):
            assert "2024-13-01" in one_line(guanwen(initialised_home, *command, "--as-of", "2024-13-01"), 2)


class TestDocuments:
    def test_the_status_is_that_of_the_day(self, guanwen, initialised_home):
        def law(*day):
            lines = guanwen(initialised_home, "documents", *day).stdout.splitlines()
            return next(line for line in lines if line.startswith("trademark-law"))

        assert "2019-04-23" in law("--as-of", "2026-12-31")
        assert "2026-06-26" in law("--as-of", "2027-01-01")

    def test_changes_name_articles_and_what_they_touch(self, guanwen, initialised_home):
        shown = guanwen(initialised_home, "documents", "foreign-trade-law", "--changes").stdout
        assert "2022-12-30 → 2025-12-27" in shown
        assert re.search(r"changed +第二十条 → 第二十四条", shown)
        for heading in ("legal bases", "question variants", "published replies", "answers given"):
            assert re.search(rf"^\d+ {heading}$", shown, re.MULTILINE)

    def test_there_is_nothing_to_compare_in_one_edition(self, guanwen, initialised_home):
        one_line(guanwen(initialised_home, "documents", "price-law", "--changes"), 1)
