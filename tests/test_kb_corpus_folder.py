"""A corpus read whole, or refused with every problem by file, line and reason."""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kb.corpus.folder import Corpus, SourceVariant, load_corpus
from kb.errors import CorpusRefused
from kb.problems import Problem
from tests.plans import BINHAI, CORPUS, SECOND_CITY, parsed

DOCUMENT = "documents/binhai-2025-plan.md"
QUESTIONS = "questions/binhai-2025-plan.jsonl"
SECOND_AUTHOR = "questions/binhai-2025-plan.author-d.jsonl"
AGENCIES = "agencies.toml"
VOCABULARY = "vocabulary.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound corpus to spoil."""
    return shutil.copytree(SECOND_CITY, tmp_path / "corpus")


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Put ``new`` where ``old`` stands for the first time; the line on which that is."""
    path = folder / file
    text = path.read_bytes().decode()

    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    return text[: text.index(old)].count("\n") + 1


def add(folder: Path, file: str, *lines: str) -> int:
    """Append ``lines`` to a file; the line on which the first stands."""
    path = folder / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return before.count("\n") + 1


def variant(section: str, text: str, **more: object) -> str:
    return json.dumps({"section": section, "text": text, "author": "d", "voice": "broker"} | more)


def concept(concept_id: str, term: str, says: Sequence[str] = ()) -> list[str]:
    rows = [f"{key} = {json.dumps(value)}" for key, value in (("term", term), ("says", says))]
    return ["[[concept]]", f'id = "{concept_id}"', *rows, 'area = "customs"']


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(CorpusRefused) as refused:
        load_corpus(folder)
    return refused.value.problems


def told(folder: Path) -> list[tuple[str, int, str]]:
    """File, line and English reason of every problem."""
    return [(problem.file, problem.line, problem.reason_en) for problem in problems_of(folder)]


class TestASoundCorpus:
    def test_of_this_repository_is_read_without_a_warning(self, corpus: Corpus) -> None:
        (plan,) = (one for one in corpus.documents if one.meta.kind == "plan")

        assert plan.meta.id == "xiamen-2024-plan"
        assert plan.meta.issued_on == date(2024, 4, 30)
        assert corpus.warnings == ()
        assert len(corpus.agencies) == 30
        asked = {one.document_id for one in corpus.variants}
        assert "xiamen-2024-plan" in asked
        assert asked <= {"xiamen-2024-plan", *(law.id for law in corpus.laws)}
        assert corpus.concepts

    def test_of_this_repository_has_question_variants_for_every_measure(self, corpus: Corpus) -> None:
        (plan,) = (one for one in corpus.documents if one.meta.kind == "plan")
        measures = {node.section for node in plan.nodes if node.kind == "measure"}

        assert measures <= {one.section for one in corpus.variants}

    def test_of_another_city_is_read_as_well(self) -> None:
        read = load_corpus(SECOND_CITY)
        (plan,) = read.documents

        assert (plan.meta.effective_on, plan.meta.expires_on) == (date(2025, 4, 1), date(2027, 4, 1))
        assert plan.path == Path(DOCUMENT)
        assert plan.text == parsed(BINHAI).body
        assert [node.section for node in plan.nodes][-2:] == ["4", "attachment"]
        assert read.variants[0] == SourceVariant(
            "binhai-2025-plan", "2.1.1", "货还没到港能不能先报关", "c", "forwarder"
        )
        assert read.concepts[0].says == ("船没到先报", "提前報關")

    def test_may_do_without_questions_and_vocabulary(self, folder: Path) -> None:
        (folder / VOCABULARY).unlink()
        shutil.rmtree(folder / "questions")
        read = load_corpus(folder)

        assert (read.variants, read.concepts) == ((), ())

    def test_keeps_windows_line_ends_in_the_text(self, folder: Path) -> None:
        (folder / DOCUMENT).write_bytes(BINHAI.replace("\n", "\r\n").encode())
        (plan,) = load_corpus(folder).documents

        assert plan.text == parsed(BINHAI).body.replace("\n", "\r\n")


class TestDocuments:
    @pytest.mark.parametrize(
        ("old", "new", "place", "reason"),
        [
            ("---\n", "", "---\n", "front matter is missing: YAML between two --- lines comes first"),
            ("status: in_force\n", "", "---", "front matter: status is missing"),
            ("kind: plan", "kind: [", "issuer:", "front matter is not YAML"),
            ("issued_on: 2025", "issued_on: ", "issued_on", "front matter: issued_on must be a date"),
            ("（二）降低", "（三）降低", "（二）降低", "skipped number: expected 2, found 三"),
            ("２．实行", "３．实行", "２．实行", "skipped number: expected 2, found ３"),
            ("５．减免", "４．减免", "５．减免", "repeated number: ４"),
            ("滨海海关\n", "滨海海官\n", "牵头单位：滨海海关", "agencies.toml has no agency called 滨海海官"),
            ("设立通关服务热线。工作日由专人接听。", "", "９．", "3.2.9 is empty"),
            ("（含移动端）", "（含移动端", "（含移动端", "bracket （ has no partner"),
        ],
    )  # fmt: skip
    def test_are_refused_with_the_line(
        self, folder: Path, old: str, new: str, place: str, reason: str
    ) -> None:
        text = (folder / DOCUMENT).read_text(encoding="utf-8")
        line = text[: text.index(place)].count("\n") + 1
        spoil(folder, DOCUMENT, old, new)

        assert any(
            (file, at) == (DOCUMENT, line) and said.startswith(reason) for file, at, said in told(folder)
        )

    def test_that_are_not_utf8_are_refused_where_they_are_not(self, folder: Path) -> None:
        content = (folder / DOCUMENT).read_bytes()
        (folder / DOCUMENT).write_bytes(
            content.replace("压缩通关时间".encode(), "压缩通关时间".encode("gb18030"))
        )
        line = content[: content.index("压缩通关时间".encode())].count(b"\n") + 1

        assert told(folder) == [(DOCUMENT, line, "not UTF-8")]

    def test_are_called_like_their_id(self, folder: Path) -> None:
        shutil.copy(folder / DOCUMENT, folder / "documents/copy.md")

        assert told(folder) == [
            ("documents/copy.md", 2, "the id belongs to binhai-2025-plan.md; a file is called like its id")
        ]

    def test_there_must_be_some(self, folder: Path) -> None:
        (folder / DOCUMENT).unlink()

        assert ("documents", 1, "there are no documents") in told(folder)

    def test_that_are_not_sound_are_not_held_against_their_questions(self, folder: Path) -> None:
        line = spoil(folder, DOCUMENT, "一、总体目标", "二、总体目标")

        assert {(file, at) for file, at, _ in told(folder)} == {(DOCUMENT, line), (DOCUMENT, line + 3)}


class TestAgencies:
    def test_that_cannot_be_read_do_not_make_those_in_documents_unknown(self, folder: Path) -> None:
        line = spoil(folder, AGENCIES, 'name_hans = "滨海海关"', 'name_hans = "滨海海关')

        assert [(file, at) for file, at, _ in told(folder)] == [(AGENCIES, line)]

    def test_must_be_there(self, folder: Path) -> None:
        (folder / AGENCIES).unlink()

        assert told(folder) == [(AGENCIES, 1, "cannot be read: No such file or directory")]

    def test_have_ids_and_names_of_their_own(self, folder: Path) -> None:
        spoil(folder, AGENCIES, 'id = "port-group"', 'id = "port-office"')
        line = spoil(folder, AGENCIES, 'aliases = ["市发改委"]', 'aliases = ["口岸辦"]')

        assert told(folder) == [
            (AGENCIES, 29, "id port-office is used twice"),
            (AGENCIES, line, "口岸辦 already belongs to port-office"),
            (AGENCIES, 65, "no other agency has the id port-group"),
        ]


class TestQuestions:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (variant("2.9.9", "有吗"), "binhai-2025-plan has no passage 2.9.9"),
            (variant("2.1", "有吗"), "binhai-2025-plan has no passage 2.1"),
            (variant("4", " "), "text is blank or of a wrong form"),
            (variant("4", "有吗", mood="sad"), "mood is not a known field"),
            (variant("4", "有吗", author=None), "author must be text"),
            ('{"section": "4", "text": "有吗", "author": "d"}', "voice is missing"),
            ('{"section": "4",', "not a line of JSON: Expecting property name enclosed in double quotes"),
            ('["4"]', "fields with values were expected"),
            ("", "not a line of JSON: Expecting value"),
            (variant("4", "這些措施管到什麼時候"), f"repeats {QUESTIONS}:2, asked for 4"),
            (variant("2.1.1", "这些措施管到什么时候"), f"repeats {QUESTIONS}:2, asked for 4"),
        ],
    )
    def test_are_refused_line_by_line(self, folder: Path, line: str, reason: str) -> None:
        number = add(folder, QUESTIONS, line)

        assert told(folder) == [(QUESTIONS, number, reason)]

    def test_of_a_document_that_is_not_there_are_refused_once(self, folder: Path) -> None:
        add(folder, "questions/other-plan.jsonl", variant("1", "有吗"), variant("2", "没有吗"))

        assert told(folder) == [("questions/other-plan.jsonl", 1, "there is no document other-plan")]

    def test_that_two_authors_ask_alike_are_kept_once_with_a_warning(self, folder: Path) -> None:
        add(folder, SECOND_AUTHOR, variant("4", "這些措施管到什麼時候"), variant("4", "哪天失效"))
        read = load_corpus(folder)

        assert [one.text for one in read.variants] == [
            "這些措施管到什麼時候",
            "哪天失效",
            "货还没到港能不能先报关",
        ]
        assert [(one.file, one.line) for one in read.warnings] == [(QUESTIONS, 2)]

    def test_that_two_authors_ask_of_two_passages_are_refused(self, folder: Path) -> None:
        line = add(folder, SECOND_AUTHOR, variant("1", "这些措施管到什么时候"))

        assert told(folder) == [(QUESTIONS, 2, f"repeats {SECOND_AUTHOR}:{line}, asked for 1")]


class TestVocabulary:
    @pytest.mark.parametrize(
        ("rows", "offset", "reason"),
        [
            (concept("advance-declaration", "舱单"), 1, "id advance-declaration is used twice"),
            (concept("manifest", "提前申報"), 2, "提前申報 already belongs to advance-declaration"),
            (concept("manifest", "舱单", ["提前报关"]), 3, "提前报关 already belongs to advance-declaration"),
            (concept("manifest", "舱单", ["艙單"]), 3, "艙單 already belongs to manifest"),
            (concept("manifest", "舱单", [""]), 3, "says is blank or of a wrong form"),
            (concept("manifest", "舱单")[:-1], 0, "area is missing"),
            (['[[concept]', ""], 0, "not TOML: Expected ']]' at the end of an array declaration"),
        ],
    )  # fmt: skip
    def test_is_refused_line_by_line(self, folder: Path, rows: list[str], offset: int, reason: str) -> None:
        line = add(folder, VOCABULARY, *rows) + offset
        ((file, at, said),) = told(folder)

        assert (file, at) == (VOCABULARY, line)
        assert said.startswith(reason)


class TestManyProblems:
    def test_are_told_at_once_in_the_order_of_files_and_lines(self, folder: Path) -> None:
        expected = [
            (AGENCIES, spoil(folder, AGENCIES, "collective = true", "collective = 1.5")),
            (DOCUMENT, spoil(folder, DOCUMENT, "kind: plan", "kind: poem")),
            (DOCUMENT, spoil(folder, DOCUMENT, "一、总体目标", "一、总体（目标")),
            (DOCUMENT, spoil(folder, DOCUMENT, "４．公布", "５．公布")),
            (QUESTIONS, add(folder, QUESTIONS, "{}")),
            (VOCABULARY, spoil(folder, VOCABULARY, 'area = "customs"', 'area = "关务"')),
        ]
        found = problems_of(folder)

        assert {(one.file, one.line) for one in found} >= set(expected)
        assert list(found) == sorted(found)

    def test_are_told_in_both_languages(self, folder: Path) -> None:
        line = spoil(folder, DOCUMENT, "（二）降低", "（三）降低")
        (problem,) = problems_of(folder)

        assert str(problem) == f"{DOCUMENT}:{line}: 编号不连续：此处应为 2，却是“三”"
        assert problem.reason_en == "skipped number: expected 2, found 三"

    def test_leave_the_files_as_they_are(self, folder: Path) -> None:
        spoil(folder, DOCUMENT, "kind: plan", "kind: poem")
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        problems_of(folder)

        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path / "nowhere") == [
        (AGENCIES, 1, "cannot be read: No such file or directory"),
        ("documents", 1, "there are no documents"),
    ]


def test_the_repositorys_corpus_is_the_one_these_tests_see(corpus: Corpus) -> None:
    assert corpus == load_corpus(CORPUS)
