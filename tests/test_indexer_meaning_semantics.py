"""Meaning beside words: vectors in a file, closeness on a measured scale, words alone where it fails."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from indexer.build.generation import build_generation, open_generation
from indexer.errors import GenerationDamaged
from indexer.meaning.closeness_in_meaning import Meaning
from indexer.meaning.encoders import EncoderFailed, Vectors, normalised
from indexer.meaning.fusion import propose
from indexer.meaning.semantics import Semantics
from indexer.meaning.vector_making import make_vectors
from indexer.meaning.vectors import FILE, encode_missing, read_vectors, texts_of, write_vectors
from indexer.stored.fields import Entry

MADE = datetime(2026, 11, 24, tzinfo=UTC)
# What the texts are about, letter by letter: an encoder that knows meaning would find the same.
SUBJECTS = ("鱼虾蟹鲜海产", "电池锂储能", "船泊港靠岸", "贷款钱融资")
ENTRIES = (
    Entry("plan/1", "a", "鲜活", "活鱼通关", ("鱼几点能过关", "虾能预约吗", "蟹走哪"), kind="plan"),
    Entry("plan/2", "b", "锂电池", "电池包装检验", ("锂电怎么验", "储能柜呢", "电池备案"), kind="plan"),
    Entry("plan/3", "c", "岸电", "靠港用岸电", ("船靠岸用电", "泊位插电", "港口岸电"), kind="plan"),
)


class SubjectEncoder:
    """Stands for a model: counts the letters of each subject. ``failing`` makes it fail as a model may."""

    def __init__(self, name: str = "subjects 1", *, failing: bool = False) -> None:
        self.name = name
        self.failing = failing
        self.encoded: list[str] = []

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        if self.failing:
            raise EncoderFailed("the model is away")
        self.encoded.extend(texts)
        rows = [[0.2 + sum(char in subject for char in text) for subject in SUBJECTS] for text in texts]
        return normalised(np.array(rows, dtype=np.float32).reshape(len(rows), len(SUBJECTS)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one generation."""
    build_generation(tmp_path, ENTRIES, (), MADE)
    return tmp_path


def test_a_passage_without_a_word_in_common_is_found_by_its_meaning(root: Path) -> None:
    encoder = SubjectEncoder()
    make_vectors(root, encoder)
    index = open_generation(root)
    question = "海产"

    assert not index.search(question)
    assert propose(index, Semantics(root, encoder), question, 3)[0].hit.passage_id == "plan/1"


def test_both_scripts_get_one_vector_and_so_the_same_scores(root: Path) -> None:
    encoder = SubjectEncoder()
    make_vectors(root, encoder)
    index, semantics = open_generation(root), Semantics(root, encoder)

    assert semantics.closeness(index, "鱼贷款") == semantics.closeness(index, "魚貸款")


def test_words_alone_decide_until_the_vectors_are_there(root: Path) -> None:
    encoder = SubjectEncoder()
    index, semantics = open_generation(root), Semantics(root, encoder)
    before = propose(index, semantics, "锂电池", 3)
    make_vectors(root, encoder)
    after = propose(index, semantics, "锂电池", 3)

    assert [one.closeness for one in before] == [None]
    assert all(one.closeness is not None for one in after)


def test_words_alone_decide_while_one_of_the_kinds_asked_for_lacks_its_vectors(root: Path) -> None:
    encoder = SubjectEncoder()
    make_vectors(root, encoder)
    reply = Entry("reply-1", "r", "贷款", "渔船贷款", ("买船的钱从哪来",), kind="reply")
    generation = build_generation(root, (*ENTRIES, reply), (), MADE)
    write_vectors(root / generation, encode_missing(texts_of(ENTRIES), [], encoder))
    index, semantics = open_generation(root), Semantics(root, encoder)

    assert semantics.closeness(index, "锂电池", frozenset({"plan"}))
    assert semantics.closeness(index, "锂电池", frozenset({"plan", "reply"})) is None


def test_one_question_is_compared_once_with_what_does_not_change(root: Path, monkeypatch) -> None:
    encoder = SubjectEncoder()
    make_vectors(root, encoder)
    index, semantics, compared = open_generation(root), Semantics(root, encoder), []
    compare = Meaning.compared
    monkeypatch.setattr(Meaning, "compared", lambda self, vector: compared.append(1) or compare(self, vector))
    for _ in range(3):
        semantics.closeness(index, "锂电池")
        semantics.nearest_variants(index, "锂电池", frozenset({"plan"}))

    assert len(compared) == 1


def test_a_failing_encoder_leaves_the_words_and_is_told_once_while_it_lasts(root: Path) -> None:
    make_vectors(root, SubjectEncoder())
    told: list[tuple[str, bool]] = []
    semantics = Semantics(root, SubjectEncoder(failing=True), lambda *what: told.append(what))
    index = open_generation(root)
    found = [propose(index, semantics, question, 3) for question in ("锂电池 甲", "锂电池 乙")]

    assert all(one[0].hit.passage_id == "plan/2" and one[0].closeness is None for one in found)
    assert told == [("the model is away", True), ("the model is away", False)]


def test_a_text_is_encoded_once_however_often_the_index_is_built(root: Path) -> None:
    encoder = SubjectEncoder()
    first = make_vectors(root, encoder)
    changed = Entry("plan/4", "d", "贷款", "港航贷款", ("钱从哪来",), kind="plan")
    build_generation(root, (*ENTRIES, changed), (), MADE)
    encoder.encoded.clear()

    assert first == len(texts_of(ENTRIES))
    assert make_vectors(root, encoder) == len(encoder.encoded) == len(texts_of([changed]))
    assert make_vectors(root, encoder) == 0


def test_vectors_of_another_encoder_are_not_used(root: Path) -> None:
    make_vectors(root, SubjectEncoder("subjects 1"))

    assert Semantics(root, SubjectEncoder("subjects 2")).closeness(open_generation(root), "鱼") is None


def test_a_damaged_file_is_refused_by_name_and_made_anew(root: Path) -> None:
    encoder = SubjectEncoder()
    make_vectors(root, encoder)
    index = open_generation(root)
    path = root / index.name / FILE
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(GenerationDamaged, match=FILE):
        read_vectors(root / index.name, encoder.name)
    assert Semantics(root, encoder).closeness(index, "鱼") is None
    assert make_vectors(root, encoder) == len(texts_of(ENTRIES))
    assert Semantics(root, encoder).closeness(index, "鱼") is not None


def test_closeness_is_on_a_scale_that_the_curated_questions_give() -> None:
    vectors = encode_missing(texts_of(ENTRIES), [], encoder := SubjectEncoder())
    meaning = Meaning(ENTRIES, vectors)
    compared = meaning.compared(encoder.questions(["储能电池"])[0])
    close = dict(zip(meaning.passage_ids, compared.closeness, strict=True))

    assert close["plan/2"] == pytest.approx(1, abs=0.35)
    assert max(close["plan/1"], close["plan/3"]) < 0.35
