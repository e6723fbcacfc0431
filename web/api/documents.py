"""The documents: which there are, the whole text of one, and its passages in order."""

from datetime import date

from pydantic import Field

from kb import knowledge
from kb.views import DocumentView, PassageView
from web import visit
from web.api.blueprint import api
from web.api.passages import Passage
from web.api.schema import Given, described


class Document(Given):
    """One official text in its current edition."""

    id: str = described("文件编号。", "The document's id.", "xiamen-2024-plan")
    title: str = described("标题原文。", "Title, verbatim.", "廈門市2024年促進跨境貿易便利化專項行動工作方案")
    kind: str = described("文种。", "Kind of document.", "plan")
    number: str | None = described("文号。", "Official number.", None)
    issuer: str | None = described("发文单位。", "Issued by.", "廈門市人民政府辦公廳")
    issued_on: date | None = described("发文日期。", "Date of issue.", "2024-04-30")
    effective_on: date | None = described("施行日期。", "In force from.", None)
    expires_on: date | None = described("失效日期。", "In force until.", None)
    status: str = described("效力。", "Validity.", "in_force")
    script: str = described("原文字形。", "Script of the text.", "hant")
    source: str | None = described("来源。", "Where it was published.", None)
    edition: int = described("第几版。", "Edition, counted from 1.", 1)
    sha256: str = described("全文摘要。", "Digest of the whole text.", "0" * 64)


class DocumentList(Given):
    """All documents."""

    documents: list[Document] = Field(description="全部文件。 All documents.")


class DocumentText(Given):
    """A document's text, verbatim; spans of citations count its characters from 0."""

    document: Document
    text: str = described("全文，与原文逐字相同。", "The whole text, verbatim.", "廈門市2024年……")


class Outline(Given):
    """A document's passages, in the order of the text, containers before what they contain."""

    document: Document
    passages: list[Passage] = Field(description="条款，按原文顺序。 Passages in the order of the text.")


@api.get("/documents")
@api.output(DocumentList)
@api.doc(summary="文件列表 · List documents", tags=["documents"], operation_id="documents")
def documents() -> dict[str, list[DocumentView]]:
    """All documents."""
    return {"documents": knowledge.documents(visit.session())}


@api.get("/documents/<document_id>")
@api.output(Document)
@api.doc(summary="一份文件 · One document", tags=["documents"], operation_id="document", responses=[404])
def document(document_id: str) -> DocumentView:
    """One document without its text."""
    return knowledge.document(visit.session(), document_id)


@api.get("/documents/<document_id>/text")
@api.output(DocumentText)
@api.doc(summary="文件全文 · Whole text", tags=["documents"], operation_id="document_text", responses=[404])
def document_text(document_id: str) -> dict[str, DocumentView | str]:
    """The verbatim text."""
    session = visit.session()
    return {
        "document": knowledge.document(session, document_id),
        "text": knowledge.document_text(session, document_id),
    }


@api.get("/documents/<document_id>/passages")
@api.output(Outline)
@api.doc(
    summary="文件的条款 · Its passages", tags=["documents"], operation_id="document_passages", responses=[404]
)
def document_passages(document_id: str) -> dict[str, DocumentView | list[PassageView]]:
    """The passages of one document."""
    session = visit.session()
    return {
        "document": knowledge.document(session, document_id),
        "passages": knowledge.outline(session, document_id),
    }
