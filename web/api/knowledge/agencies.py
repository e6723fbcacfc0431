"""The agencies that documents name."""

from pydantic import Field

from kb.documents import knowledge
from kb.documents.passages import AgencyView, PassageView
from web.api.blueprint import api
from web.api.knowledge.passages import Passage
from web.api.schema import Given, described
from web.request import visit


class Agency(Given):
    """A body named in documents."""

    id: str = described("单位编号。", "The agency's id.", "xiamen-customs")
    name_hans: str = described("简体名称。", "Name in simplified characters.", "厦门海关")
    name_hant: str = described("繁体名称。", "Name in traditional characters.", "廈門海關")
    collective: bool = described("是否泛指多个单位。", "Whether the name stands for many.", False)
    portal_url: str | None = described("网站。", "Its own website.", None)
    aliases: list[str] = described("别名。", "Other names.", ["海关"])


class AgencyList(Given):
    """All agencies."""

    agencies: list[Agency] = Field(description="全部单位。 All agencies.")


class AgencyDuties(Given):
    """An agency and every measure in force that names it."""

    agency: Agency
    count: int = described("措施条数。", "How many measures.", 12)
    measures: list[Passage] = Field(description="措施，按原文顺序。 Measures in the order of the text.")


@api.get("/agencies")
@api.output(AgencyList)
@api.doc(summary="单位列表 · List agencies", tags=["agencies"], operation_id="agencies")
def agencies() -> dict[str, list[AgencyView]]:
    """All agencies."""
    return {"agencies": knowledge.agencies(visit.session())}


@api.get("/agencies/<agency_id>")
@api.output(AgencyDuties)
@api.doc(summary="一个单位及其措施 · One agency", tags=["agencies"], operation_id="agency", responses=[404])
def agency(agency_id: str) -> dict[str, AgencyView | int | list[PassageView]]:
    """One agency with its measures."""
    session = visit.session()
    found = knowledge.agency(session, agency_id)
    measures = knowledge.measures_of(session, found.id, on=visit.today())
    return {"agency": found, "count": len(measures), "measures": measures}
