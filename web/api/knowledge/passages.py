"""Passages: one by its id, and the measures by section and agency."""

from collections.abc import Iterable

from pydantic import AliasPath, ConfigDict, Field

from kb.documents import knowledge
from kb.documents.passages import PassageView
from web.api.blueprint import api
from web.api.schema import Given, Taken, described
from web.request import visit


class Mention(Given):
    """An agency as the passage names it."""

    model_config = ConfigDict(
        from_attributes=True, frozen=True, validate_by_name=True, validate_by_alias=True
    )

    agency_id: str = described(
        "单位编号。", "The agency's id.", "xiamen-customs", validation_alias=AliasPath("agency", "id")
    )
    name: str = described("原文中的写法。", "As the passage writes it.", "廈門海關")
    role: str = described("角色。", "sole, joint, collective or lead.", "joint")


class Passage(Given):
    """The smallest part that is cited, verbatim."""

    id: str = described("条款编号。", "The passage's id.", "xiamen-2024-plan/2.2.3")
    section: str = described("条款号。", "Its number.", "2.2.3")
    label: str = described("条款的写法。", "The number as written.", "二、(二)3")
    heading: str | None = described("标题原文。", "Heading, verbatim.", "推進智慧港口建設")
    kind: str = described("层级。", "Its kind.", "measure")
    parent: str | None = described("上一级条款号。", "The section it belongs to.", "2.2")
    citable: bool = described("能否引用。", "Whether answers may cite it.", True)
    text: str = described("原文。", "The text, verbatim.", "3.推進智慧港口建設。……")
    start: int = described("在全文中的起点。", "Where it starts in the document's text.", 2300)
    end: int = described("在全文中的终点（不含）。", "Where it ends, exclusive.", 2560)
    sha256: str = described("原文摘要。", "Digest of the text.", "0" * 64)
    agencies: list[Mention] = described("责任单位。", "Responsible agencies.", [])


class MeasureQuery(Taken):
    """Which measures to give; both filters hold together."""

    section: str | None = described(
        "只看某一节及其下级。", "Only this section and what is under it.", "2.6", default=None, max_length=40
    )
    agency: str | None = described(
        "只看某单位参与的。", "Only measures this agency takes part in.", "xiamen-customs", default=None,
        max_length=80,
    )  # fmt: skip


class PassageList(Given):
    """Passages in the order of their documents."""

    count: int = described("条数。", "How many.", 7)
    passages: list[Passage] = Field(description="条款。 Passages.")


@api.get("/passages/<path:passage_id>")
@api.output(Passage)
@api.doc(summary="一个条款 · One passage", tags=["passages"], operation_id="passage", responses=[404])
def passage(passage_id: str) -> PassageView:
    """The passage in force today."""
    return knowledge.passage(visit.session(), passage_id, on=visit.today())


@api.get("/measures")
@api.input(MeasureQuery, location="query", arg_name="wanted")
@api.output(PassageList)
@api.doc(summary="措施 · Measures", tags=["passages"], operation_id="measures", responses=[404])
def measures(wanted: MeasureQuery) -> dict[str, int | list[PassageView]]:
    """The numbered measures in force today."""
    found = [measure for measure in _candidates(wanted.agency) if _within(measure.section, wanted.section)]
    return {"count": len(found), "passages": found}


def _candidates(agency: str | None) -> Iterable[PassageView]:
    session, today = visit.session(), visit.today()
    if agency is None:
        return knowledge.passages_in_force(session, on=today, kind="measure")
    return knowledge.measures_of(session, knowledge.agency(session, agency).id, on=today)


def _within(section: str, wanted: str | None) -> bool:
    """Sections are compared part by part: 2.1 holds 2.1.3 but not 2.10."""
    return wanted is None or section == wanted or section.startswith(f"{wanted}.")
