"""The text of a file of any form that is taken in."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import docx
import lxml.etree
import lxml.html
import pypdfium2
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from kb.intake.archives import read_member
from kb.intake.decoding import decode, sound_text
from kb.intake.raw_files import LARGEST_FILE, FileRefused, RawFile, too_large

_MOST_PAGES = 2_000
_SCANNED_BELOW = 20
_MOST_PARTS = 5_000
_LARGEST_PART = 60_000_000
# Where government sites put the text of a page; elsewhere the whole body is read.
_BODY_BLOCKS = (
    "//*[@id='UCAP-CONTENT']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' pages_content ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' TRS_Editor ')]",
    "//*[@id='zoom']",
    "//article",
)
_LEFT_OUT = ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "iframe")
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "center",
     "title", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip
_METAS = {"articletitle": "title", "pubdate": "published", "contentsource": "issuer"}
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")


@dataclass(frozen=True)
class DocumentText:
    """The words of a file, line by line, and what its form tells: ``title``, ``issuer``, ``published``."""

    text: str
    told: Mapping[str, str] = field(default_factory=dict)


def read_text(file: RawFile) -> DocumentText:
    """The text of ``file``; ``FileRefused`` says why there is none."""
    if len(file.content) > LARGEST_FILE:
        raise too_large()
    reader = _READERS.get(file.form)
    if reader is None:
        raise FileRefused(f"不认识的文件类型 {file.form}", f"{file.form or 'no ending'} is no form we read")
    read = reader(file.content)
    text = sound_text(read.text)
    if not text.strip():
        raise FileRefused("没有文字", "holds no text")
    return DocumentText(text, {name: sound_text(value) for name, value in read.told.items()})


def _plain(content: bytes) -> DocumentText:
    return DocumentText(decode(content))


def _docx(content: bytes) -> DocumentText:
    _look_into(content)
    try:
        document = docx.Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
        lines = [line for block in blocks for line in _lines_of(block)]
    except (OpcError, KeyError, ValueError, lxml.etree.LxmlError, AttributeError) as error:
        raise FileRefused("不是完整的 Word 文件", f"not a whole Word file: {error}") from error
    title = document.core_properties.title or ""
    return DocumentText("\n".join(lines), {"title": title} if title else {})


def _look_into(content: bytes) -> None:
    """A Word file is an archive of XML: its parts are held to limits, and declare no entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileRefused("不是完整的 Word 文件", f"not a whole Word file: {error}") from error
    with archive:
        members = archive.infolist()
        if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _LARGEST_PART:
            raise FileRefused("Word 文件解压后太大", "the Word file unpacks to too much")
        for member in members:
            part = read_member(archive, member, _LARGEST_PART)
            if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part[:4096].upper():
                raise FileRefused("Word 文件里声明了 XML 实体", "the Word file declares XML entities")


def _lines_of(block: Paragraph | Table) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return ["　".join(cell.text.replace("\n", " ").strip() for cell in row.cells) for row in block.rows]


def _pdf(content: bytes) -> DocumentText:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileRefused("PDF 打不开（损坏或有密码）", f"the PDF cannot be opened: {error}") from error
    try:
        if len(document) > _MOST_PAGES:
            raise FileRefused(f"PDF 超过 {_MOST_PAGES} 页", f"the PDF has more than {_MOST_PAGES} pages")
        pages = [_page_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise FileRefused("PDF 有一页读不出来", f"a page of the PDF cannot be read: {error}") from error
    finally:
        document.close()
    text = "\n".join(pages)
    if len("".join(text.split())) < _SCANNED_BELOW * max(1, len(pages)):
        raise FileRefused(
            "PDF 是扫描件，没有文字；请提供文字版",
            "the PDF is a scan without text; please give one with text",
        )
    return DocumentText(_unbroken(text))


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_bounded())
    finally:
        textpage.close()
        page.close()


# What begins a line of its own in an official text: a number, of whatever level.
_NUMBER = re.compile(
    r"第[一二三四五六七八九十百千零〇]+[编章节条]|[（(]?[一二三四五六七八九十]+[）)、]|[（(]?[0-9０-９]+[）)．.、]"
)
_PAGE_NUMBER = re.compile(r"[-—–－ ]*[0-9]{1,4}[-—–－ ]*")
_SENTENCE_ENDS = "。！？；：:;"
_FULL = 0.85


def _unbroken(text: str) -> str:
    """Lines that only the width of the page has broken, joined again; page numbers left out."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    full = _FULL * max(map(len, lines), default=0)
    joined: list[str] = []
    previous = ""
    for line in lines:
        goes_on = len(previous) >= full and not previous.endswith(tuple(_SENTENCE_ENDS))
        if joined and goes_on and not _NUMBER.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        previous = line
    return "\n".join(joined)


def _html(content: bytes) -> DocumentText:
    source = decode(content, html=True).replace("\0", "")
    try:
        page = lxml.html.document_fromstring(source, parser=lxml.html.HTMLParser(huge_tree=False))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise FileRefused("不是完整的网页", f"not a whole page: {error}") from error
    told = _metas(page)
    heading = page.find(".//h1")
    if "title" not in told and heading is not None:
        told["title"] = " ".join(heading.text_content().split())
    # Taking elements out one by one would join the text around them, and stumble over what no XML may hold.
    lxml.etree.strip_elements(page, *_LEFT_OUT, lxml.etree.Comment, with_tail=False)
    found = next((hits[0] for path in _BODY_BLOCKS if (hits := page.xpath(path))), None)
    body = found if found is not None else page.find("body")
    return DocumentText(_block_text(body if body is not None else page), told)


def _metas(page: lxml.html.HtmlElement) -> dict[str, str]:
    told = {}
    for meta in page.iter("meta"):
        name = _METAS.get((meta.get("name") or "").lower())
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            told[name] = value
    return told


def _block_text(body: lxml.html.HtmlElement) -> str:
    """The words of an element, a line for each block and each <br>, in one pass without recursion."""
    pieces: list[str] = []
    for event, element in lxml.etree.iterwalk(body, events=("start", "end")):
        block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if event == "start":
            pieces.append("\n" if block or element.tag == "br" else "")
            pieces.append(_flat(element.text))
        else:
            pieces.append("\n" if block else "")
            pieces.append(_flat(element.tail) if element is not body else "")
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return re.sub(r"[\r\n\t]+", "", text or "")


_READERS: Mapping[str, Callable[[bytes], DocumentText]] = {
    ".md": _plain,
    ".markdown": _plain,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
