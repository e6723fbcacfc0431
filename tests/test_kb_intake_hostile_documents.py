"""Documents made to do harm are refused within limits of time and memory, and nothing of them is kept."""

import contextlib
import io
import resource
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.corpus.source_documents import SourceDocument
from kb.documents.validity import repealed_titles
from kb.intake.archives import read_zip
from kb.intake.collected_files import opened
from kb.intake.confined_reading import read_confined
from kb.intake.decoding import sound_text
from kb.intake.document_texts import DocumentText, read_text
from kb.intake.raw_files import LARGEST_FILE, FileRefused, RawFile
from kb.intake.recognition import Shelfmarks, recognise
from kb.text.agency_registry import AgencyRegistry
from kb.text.article_parts import paragraphs
from kb.text.law_dates import law_dates
from kb.text.law_outline import read_law
from kb.text.paragraph_outline import read_paragraphs
from tests.made_files import LAW_LINES, LAW_TEXT, docx_of, html_of, pdf_of, zip_of

KNOWN = Shelfmarks({}, AgencyRegistry(()))
BOMB = b"0" * 50_000_000


def refusal(name, content):
    with pytest.raises(FileRefused) as refused:
        recognise(RawFile(name, content), KNOWN)
    return refused.value.en


@pytest.fixture
def few_seconds():
    """Fails a test that takes longer than any refusal may."""
    begun, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 600_000


def archive(tmp_path, content):
    path = tmp_path / "laws.zip"
    path.write_bytes(content)
    return path


def members(path):
    return [one if isinstance(one, RawFile) else one[1].en for one in read_zip(path)]


def test_a_zip_bomb_is_refused_by_what_it_unpacks_to(tmp_path, few_seconds):
    path = archive(tmp_path, zip_of({"bomb.txt": BOMB, "law.txt": LAW_TEXT.encode()}))
    bomb, law = members(path)
    assert "suspicious" in bomb
    assert law.content == LAW_TEXT.encode()


def test_a_size_that_lies_is_found_by_counting(tmp_path, few_seconds):
    honest = zip_of({"bomb.txt": BOMB})
    size = len(BOMB).to_bytes(4, "little")
    (told,) = members(archive(tmp_path, honest.replace(size, (1000).to_bytes(4, "little"))))
    assert "unpacked" in told or "damaged" in told or "larger" in told


@pytest.mark.parametrize("name", ["../law.txt", "/etc/law.txt", "a/../../law.txt", "..\\law.txt"])
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path, name):
    (told,) = members(archive(tmp_path, zip_of({name: LAW_TEXT.encode()})))
    assert "leads out" in told


def test_a_link_in_an_archive_is_refused(tmp_path):
    path = tmp_path / "laws.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("law.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert members(path) == ["is a symbolic link"]


def test_a_link_in_a_folder_is_passed_over(tmp_path):
    (tmp_path / "secret.txt").write_text(LAW_TEXT)
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "law.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    with opened(str(folder)) as found:
        assert found == []


def test_an_encrypted_or_broken_member_is_one_refused_file(tmp_path):
    content = bytearray(zip_of({"a.txt": LAW_TEXT.encode(), "b.txt": LAW_TEXT.encode()}))
    content[60] ^= 0xFF
    first, second = members(archive(tmp_path, bytes(content)))
    assert isinstance(first, str)
    assert second.name == "b.txt"


def test_entities_in_a_word_file_are_refused(few_seconds):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d>&e11;</d>'.encode()
    content = docx_of(LAW_LINES)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        files = {name: made.read(name) for name in made.namelist()}
    assert "XML entities" in refusal("law.docx", zip_of({**files, "word/document.xml": bomb}))


def test_a_word_file_that_unpacks_to_too_much_is_refused(few_seconds):
    assert "unpacks" in refusal("law.docx", zip_of({"word/document.xml": b" " * 70_000_000}))


def test_entities_in_a_page_are_not_expanded(few_seconds):
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><body><p>&x; 第一条</p></body>'
    assert "root:" not in read_text(RawFile("x.html", page.encode())).text


def test_a_page_nested_without_end_is_read_or_refused(few_seconds):
    page = b"<div>" * 200_000 + "第一条 有。".encode()
    with contextlib.suppress(FileRefused):
        read_text(RawFile("x.html", page))


def test_a_hundred_megabytes_on_one_line_are_not_even_read(tmp_path, few_seconds):
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with opened(str(path)) as (found,), pytest.raises(FileRefused, match="larger"):
        found.read()


def test_a_long_line_is_refused(few_seconds):
    assert "a line is longer" in refusal("law.txt", "长".encode() * 2_000_000)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第一条 有\0空字节。", "line 1 holds a control character"),
        ("标题\n第一条 \u202e反了。", "line 2 holds a mark that changes the direction"),
        ("第一条 \u200f右。", "direction"),
        ("第一条 \ud800半。", "lone surrogate"),
        ("第一条 \x1b[31m红。", "control character"),
    ],
)
def test_characters_that_no_official_text_holds_are_refused(text, reason):
    with pytest.raises(FileRefused, match=reason):
        sound_text(text)


@pytest.mark.parametrize("mark", ["\x01", "\x7f", "\ufffe", "&#1;", "&#11;"])
def test_control_characters_around_what_a_page_leaves_out_are_a_refusal(mark):
    """Found by atheris: the text around a script that was taken out was joined, and joining refused it."""
    page = f"<html><body>{mark}<script>x</script>{mark}<p>第一条 有。</p></body></html>"
    outcome = tried(lambda: read_text(RawFile("x.html", page.encode())))
    assert isinstance(outcome, DocumentText) or "control" in outcome.en


def test_a_surrogate_written_as_an_entity_does_not_get_in():
    page = "<html><body><p>第一条 &#xD800;有。</p></body></html>"
    try:
        text = read_text(RawFile("x.html", page.encode())).text
    except FileRefused:
        return
    assert not any("\ud800" <= char <= "\udfff" for char in text)


def test_a_reader_that_crashes_is_one_refused_file(monkeypatch):
    monkeypatch.setattr("kb.intake.confined_reading._MOST_SECONDS", 0.01)
    with pytest.raises(FileRefused, match="seconds"):
        read_confined(RawFile("x.pdf", pdf_of([LAW_LINES])))


def test_a_file_beyond_the_limit_is_not_given_to_any_reader():
    assert "larger" in refusal("law.pdf", b"0" * (LARGEST_FILE + 1))


OFFICIAL = st.text(
    st.sampled_from(
        "第一二三十百零条章节编之款项（）()0123456789、.。；\n 　《》法同时废止自起施行年月日前本"
    ),
    max_size=200,
)


@given(OFFICIAL)
def test_no_text_breaks_a_reader_or_loses_a_character(text):
    for root in (read_law(text)[0], read_paragraphs(text)):
        assert "".join(text[leaf.extent_start : leaf.extent_end] for leaf in root.leaves()) == text
        assert all(node.start <= node.body_start <= node.body_end <= node.end for node in root.walk())
    found = paragraphs(text)
    assert all(0 <= one.start <= one.lead_end <= one.end <= len(text) for one in found)
    law_dates(text, text, text, {})
    repealed_titles(text)


MADE = {".docx": docx_of(LAW_LINES), ".pdf": pdf_of([LAW_LINES]), ".html": html_of(LAW_LINES)}


def tried(read):
    """What ``read`` gives, or how it refuses; anything else it raises is a failure."""
    try:
        return read()
    except FileRefused as refused:
        return refused


@settings(max_examples=60)
@given(st.sampled_from([".txt", ".md", ".html"]), st.binary(max_size=400))
def test_any_bytes_are_a_document_or_refused(form, content):
    outcome = tried(lambda: recognise(RawFile(f"x{form}", content), KNOWN))
    assert isinstance(outcome, SourceDocument) or (outcome.zh and outcome.en)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(MADE)),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=20),
)
def test_a_file_with_bytes_changed_is_a_document_or_refused(form, changes):
    changed = bytearray(MADE[form])
    for place, value in changes:
        changed[place % len(changed)] = value
    outcome = tried(lambda: read_text(RawFile(f"x{form}", bytes(changed))))
    assert isinstance(outcome, DocumentText) or (outcome.zh and outcome.en)
