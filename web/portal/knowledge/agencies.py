"""Pages of the agencies and of what each answers for."""

from flask import render_template

from kb.documents import directory, knowledge
from web.portal.blueprint import portal
from web.portal.knowledge.agency_pages import agency_list, agency_page
from web.request import visit


@portal.get("/agencies")
def agencies() -> str:
    """Every agency with its number of measures."""
    session = visit.session()
    measures = knowledge.passages_in_force(session, on=visit.today(), kind="measure")
    rows = agency_list(knowledge.agencies(session), measures, visit.locale())
    return render_template("portal/agencies.html", agencies=rows)


@portal.get("/agencies/<agency_id>")
def agency(agency_id: str) -> str:
    """One agency: what it answers for alone, and what with whom."""
    session = visit.session()
    page = agency_page(
        knowledge.agency(session, agency_id),
        knowledge.measures_of(session, agency_id, on=visit.today()),
        directory.hotlines(session),
        visit.locale(),
    )
    return render_template("portal/agency.html", page=page)
