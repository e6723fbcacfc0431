"""The documents: which there are, the whole text of one, and its passages in order."""

from datetime import date

from pydantic import ConfigDict, Field

from kb.comparison.edition_diff import ChangeKind, compare_editions, editions_to_compare
from kb.documents import knowledge
from kb.documents.passages import DocumentView, PassageView
from web.api.blueprint import api
from web.api.knowledge.passages import Passage
from web.api.schema import Given, Taken, described
from web.request import visit


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
    version: str = described(
        "法律的哪一版（通过日期）。", "Which edition of a law, by its day.", "2025-12-27"
    )
    adopted_on: date | None = described("通过日期。", "Adopted.", None)
    ended_on: date | None = described("被取代或废止的日期。", "Superseded or repealed from.", None)
    ended_by: str | None = described("取代或废止它的文件。", "The document that ended it.", None)


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


class AsOf(Taken):
    """For which day to tell what holds. Others are let through, for ``locale`` goes with any request."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    as_of: date | None = described(
        "按哪一天计算效力，不写则为今天。",
        "The day to tell it for; today if left out.",
        "2027-01-01",
        default=None,
    )


class WhichEdition(AsOf):
    """Which edition of a document, for which day."""

    edition: str | None = described(
        "哪一版（通过日期）；不写则为那一天所用的版本。",
        "An edition, by the day it was adopted; the one standing on that day if left out.",
        "2022-12-30",
        default=None,
        max_length=40,
    )


class EditionList(Given):
    """The editions of one document, newest first."""

    editions: list[Document] = Field(description="各版本，新的在前。 Editions, newest first.")


class WhichChange(WhichEdition):
    """Two editions to compare; the newest and the one before it if left out."""

    against: str | None = described(
        "与哪一版对照；不写则为前一版。",
        "The older edition; the one before if left out.",
        "2019-04-23",
        default=None,
        max_length=40,
    )


class ArticleChange(Given):
    """An article before and after; null where it is new or gone. Told apart by its words, not its number."""

    kind: ChangeKind = described(
        "added 新增、removed 删去、changed 修改、renumbered 只变条号。",
        "added, removed, changed, or renumbered with its words as they were.",
        "changed",
    )
    before: Passage | None = described("旧版的这一条。", "The article in the older edition.", None)
    after: Passage | None = described("新版的这一条。", "The article in the newer edition.", None)


class EditionChanges(Given):
    """What an edition changed."""

    old: Document
    new: Document
    count: int = described("变动几条。", "How many articles differ.", 98)
    changes: list[ArticleChange] = Field(description="逐条变动。 The changes, article by article.")


@api.get("/documents")
@api.input(AsOf, location="query", arg_name="asked")
@api.output(DocumentList)
@api.doc(summary="文件列表 · List documents", tags=["documents"], operation_id="documents")
def documents(asked: AsOf) -> dict[str, list[DocumentView]]:
    """All documents, each in the edition standing on the day."""
    return {"documents": knowledge.documents(visit.session(), on=_day(asked))}


@api.get("/documents/<document_id>")
@api.input(WhichEdition, location="query", arg_name="asked")
@api.output(Document)
@api.doc(summary="一份文件 · One document", tags=["documents"], operation_id="document", responses=[404])
def document(document_id: str, asked: WhichEdition) -> DocumentView:
    """One document without its text."""
    return _shown(document_id, asked)


@api.get("/documents/<document_id>/editions")
@api.input(AsOf, location="query", arg_name="asked")
@api.output(EditionList)
@api.doc(
    summary="文件的版本 · Its editions", tags=["documents"], operation_id="document_editions", responses=[404]
)
def document_editions(document_id: str, asked: AsOf) -> dict[str, list[DocumentView]]:
    """All editions with their status on the day."""
    return {"editions": knowledge.editions(visit.session(), document_id, on=_day(asked))}


@api.get("/documents/<document_id>/changes")
@api.input(WhichChange, location="query", arg_name="asked")
@api.output(EditionChanges)
@api.doc(
    summary="版本之间的变动 · What an edition changed",
    tags=["documents"],
    operation_id="document_changes",
    responses=[404],
)
def document_changes(document_id: str, asked: WhichChange) -> dict[str, object]:
    """The articles that differ between two editions, in the order of the newer; what is gone comes last."""
    session, day = visit.session(), _day(asked)
    old, new = editions_to_compare(session, document_id, old=asked.against, new=asked.edition, on=day)
    changes = compare_editions(session, document_id, old.version, new.version, on=day)
    return {"old": old, "new": new, "count": len(changes), "changes": changes}


@api.get("/documents/<document_id>/text")
@api.input(WhichEdition, location="query", arg_name="asked")
@api.output(DocumentText)
@api.doc(summary="文件全文 · Whole text", tags=["documents"], operation_id="document_text", responses=[404])
def document_text(document_id: str, asked: WhichEdition) -> dict[str, DocumentView | str]:
    """The verbatim text."""
    shown = _shown(document_id, asked)
    return {
        "document": shown,
        "text": knowledge.document_text(visit.session(), document_id, version=shown.version),
    }


@api.get("/documents/<document_id>/passages")
@api.input(WhichEdition, location="query", arg_name="asked")
@api.output(Outline)
@api.doc(
    summary="文件的条款 · Its passages", tags=["documents"], operation_id="document_passages", responses=[404]
)
def document_passages(document_id: str, asked: WhichEdition) -> dict[str, DocumentView | list[PassageView]]:
    """The passages of one document."""
    shown = _shown(document_id, asked)
    return {
        "document": shown,
        "passages": knowledge.outline(visit.session(), document_id, version=shown.version),
    }


def _shown(document_id: str, asked: WhichEdition) -> DocumentView:
    return knowledge.document(visit.session(), document_id, on=_day(asked), version=asked.edition)


def _day(asked: AsOf) -> date:
    return asked.as_of or visit.today()
