"""The laws named in ``sources.toml`` and the articles measures rest on: what is wrong is told by line."""

import shutil

import pytest

from kb.corpus import folder as corpus_module
from kb.corpus.folder import load_corpus
from kb.errors import CorpusRefused
from tests.plans import CORPUS


@pytest.fixture
def folder(tmp_path):
    """A copy of the repository's corpus to spoil."""
    return shutil.copytree(CORPUS, tmp_path / "corpus")


def refused(folder):
    with pytest.raises(CorpusRefused) as caught:
        load_corpus(folder)
    return [(problem.file, problem.reason_en) for problem in caught.value.problems]


def test_without_the_data_the_rest_of_the_corpus_is_loaded_and_it_is_said(folder, monkeypatch):
    monkeypatch.setattr(corpus_module, "law_data", lambda: None)
    corpus = load_corpus(folder)
    assert [document.meta.kind for document in corpus.documents] == ["plan"]
    assert corpus.absent == {law.id for law in corpus.laws}
    (warning,) = [one for one in corpus.warnings if one.file == "sources.toml"]
    assert "make laws" in warning.reason_en


def test_data_that_is_no_database_is_said_to_be_unreadable(folder, monkeypatch, tmp_path):
    broken = tmp_path / "laws.db"
    broken.write_bytes(b"not a database" * 100)
    monkeypatch.setattr(corpus_module, "law_data", lambda: broken)
    assert any("cannot be read" in one.reason_en for one in load_corpus(folder).warnings)


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("sources.toml", '"关税法"', '"海关法"', "already belongs to customs-law"),
        ("sources.toml", "customs-law/c5", "cutoms-law/c5", "no law cutoms-law/c5"),
        ("sources.toml", "中华人民共和国港口法", "中华人民共和国码头法", "no law called"),
        ("sources.toml", 'id = "port-law"', 'id = "Port Law"', "id"),
        ("sources.toml", "why = ", "because = ", "because"),
        ("legal_basis.toml", "e-commerce-law/72", "e-commerce-law/720", "no e-commerce-law/720"),
        ("legal_basis.toml", "xiamen-2024-plan/2.1.2", "xiamen-2024-plan/2.1.1", "twice"),
    ],
)
def test_what_is_wrong_is_told(folder, name, old, new, reason):
    spoil(folder, name, old, new)
    assert any(file == name and reason in told for file, told in refused(folder))


def test_a_variant_for_an_article_that_no_edition_has_is_refused(folder):
    with (folder / "questions/port-law.extra.jsonl").open("w", encoding="utf-8") as file:
        file.write('{"section": "999", "text": "港口法有这么多条吗", "author": "a", "voice": "company"}\n')
    assert ("questions/port-law.extra.jsonl", "port-law has no passage 999") in refused(folder)
