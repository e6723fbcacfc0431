"""The agencies that documents name."""

from datetime import date

from pydantic import Field

from kb.documents import directory, knowledge
from kb.documents.directory import HotlineView
from kb.documents.passages import AgencyView, PassageView
from web.api.blueprint import api
from web.api.knowledge.passages import Passage
from web.api.schema import Given, described
from web.request import visit


class Contact(Given):
    """A way to reach an agency. What is not on record is not listed."""

    kind: str = described(
        "种类：telephone 电话、hours 办公时间、address 地址、website 网站。",
        "telephone, hours, address or website.",
        "telephone",
    )
    value: str = described("内容。", "The number, hours, address or link.", "12360")
    source: str = described("来源。", "Where it was found.", "厦门海关门户网站")
    checked: date = described("核对日期。", "The day it was last checked there.", "2026-11-01")


class Agency(Given):
    """A body named in documents."""

    id: str = described("单位编号。", "The agency's id.", "xiamen-customs")
    name_hans: str = described("简体名称。", "Name in simplified characters.", "厦门海关")
    name_hant: str = described("繁体名称。", "Name in traditional characters.", "廈門海關")
    collective: bool = described("是否泛指多个单位。", "Whether the name stands for many.", False)
    portal_url: str | None = described("网站。", "Its own website.", None)
    aliases: list[str] = described("别名。", "Other names.", ["海关"])
    jurisdiction: str | None = described(
        "所属辖区的编号；不写则为本地。", "The place it belongs to; home where null.", None
    )
    contacts: list[Contact] = Field(
        description="联系方式，尚未登记的不列。 Ways to reach it; what is not on record is not listed."
    )


class AgencyList(Given):
    """All agencies."""

    agencies: list[Agency] = Field(description="全部单位。 All agencies.")


class Hotline(Given):
    """A public number."""

    number: str = described("号码。", "The number.", "12345")
    name_hans: str = described("简体名称。", "Name in simplified characters.", "12345政务服务便民热线")
    name_hant: str = described("繁体名称。", "Name in traditional characters.", "12345政務服務便民熱線")
    takes_hans: str = described("受理什么（简体）。", "What it takes, in simplified.", "咨询、投诉、举报")
    takes_hant: str = described("受理什么（繁体）。", "What it takes, in traditional.", "諮詢、投訴、舉報")
    takes_en: str = described("受理什么（英文）。", "What it takes.", "Questions, complaints, reports")
    says: list[str] = described("人们怎么说。", "Words by which people ask for it.", ["便民热线"])
    general: bool = described(
        "不知道该找谁时打的总热线。", "Whether it takes whatever no other number does.", True
    )
    agency_id: str | None = described("受理哪个单位的事项。", "The agency whose matters it takes.", None)
    source: str = described("公布号码的文件。", "Where the number is published.", "国办发〔2020〕53号")
    checked: date = described("核对日期。", "The day it was last checked there.", "2026-11-30")


class HotlineList(Given):
    """All public numbers."""

    hotlines: list[Hotline] = Field(description="全部热线。 All public numbers.")


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


@api.get("/hotlines")
@api.output(HotlineList)
@api.doc(summary="热线 · List hotlines", tags=["agencies"], operation_id="hotlines")
def hotlines() -> dict[str, list[HotlineView]]:
    """Public numbers that anybody may call."""
    return {"hotlines": directory.hotlines(visit.session())}
