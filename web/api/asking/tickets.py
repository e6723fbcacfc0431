"""Kept questions: looked up by number and access code, and a way to reach the asker left with one."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from kb.casework import asker_acts
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import TicketView
from web.api.blueprint import api
from web.api.contract import SimilarTicket
from web.api.schema import Given, Taken, described
from web.request import visit
from web.request.throttling import throttled

CODE_HEADER = "X-Access-Code"


class AccessCode(Taken):
    """The code that came with the ticket. A header, because addresses end up in logs and histories."""

    model_config = ConfigDict(extra="ignore", frozen=True)  # among all the other headers

    x_access_code: str = described(
        "查询码，与工单号一同给出。",
        "The code given with the number.",
        "7KQ4-M2XD",
        min_length=1,
        max_length=40,
    )


class NearPassage(Given):
    """A passage near the question."""

    id: str = described("条款编号。", "The passage's id.", "xiamen-2024-plan/2.2.3")
    label: str = described("条款的写法。", "The number as written.", "二、(二)3")
    heading: str | None = described("标题原文。", "Heading, verbatim.", "推進智慧港口建設")
    quote: str = described("引文。", "Quotation, verbatim.", "推進智慧港口建設。")


class PublishedReply(Given):
    """The reply that an agency has published."""

    heading: str = described("标题。", "Heading.", "活鲜夜间到港怎样联系加班报关")
    body: str = described("答复原文。", "The reply, verbatim.", "请提前四小时拨打值班电话预约。")
    passage_id: str = described("答复的条款编号。", "Its passage.", "reply-wt-20261123-0007/1")


class TicketAgency(Given):
    """An agency the ticket is for."""

    name: str = described("单位名称。", "Name.", "厦门海关")
    role: str = described("角色。", "Its part in the ticket.", "proposed")
    basis: str = described("依据的条款。", "Passage that names it.", "xiamen-2024-plan/2.2.3")


class TicketEvent(Given):
    """One change of state."""

    at: datetime = described("时间。", "When.", "2026-11-23T12:00:00Z")
    from_state: TicketState | None = described("原状态。", "State before.", None)
    to_state: TicketState = described("新状态。", "State after.", "new")
    reason: str | None = described("理由。", "Why.", None)


class Ticket(Given):
    """A kept question, as its asker sees it. Personal data in the question is masked."""

    number: str = described("工单号。", "Ticket number.", "WT-20261123-0007")
    state: TicketState = described("办理状态。", "State.", "new")
    question: str = described("问题。", "The question.", "活鱼车今晚到，加班报关打哪个号码")
    created_at: datetime = described("收到时间。", "Kept at.", "2026-11-23T12:00:00Z")
    due_at: datetime = described("答复期限。", "An answer is promised by.", "2026-11-26T09:30:00Z")
    agencies: list[TicketAgency] = Field(description="拟办单位。 Agencies proposed.")
    passages: list[NearPassage] = Field(description="相近条款。 Passages near the question.")
    events: list[TicketEvent] = Field(description="办理经过。 What happened to it.")
    contact: str | None = described("联系方式，已遮盖。", "Contact, masked.", "138****5678")
    follows: str | None = described("一并办理的工单号。", "The ticket it follows.", None)
    reply: PublishedReply | None = described("答复。", "The reply.", None)
    similar: SimilarTicket | None = described("可以一并等候的相近工单。", "An open ticket to join.", None)


class ContactLeft(Taken):
    """A way to reach the asker."""

    contact: str = described(
        "手机号、带区号的座机号或邮箱，加密保存。",
        "Mobile, landline with area code, or e-mail; stored encrypted.",
        "13800005678",
        min_length=1,
        max_length=254,
    )


class ContactReceipt(Given):
    """What has been stored, masked."""

    contact: str = described("联系方式，已遮盖。", "Contact, masked.", "138****5678")


@api.get("/tickets/<number>")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.output(Ticket)
@api.doc(
    summary="查询工单 · Look up a ticket",
    description="工单号不存在与查询码不对，回应相同。 An unknown number and a wrong code are answered alike.",
    tags=["tickets"],
    operation_id="ticket",
    responses=[404, 429],
)
def ticket(number: str, code: AccessCode) -> dict[str, Any]:
    """The ticket, for who has its code."""
    return shown(opened(number, code))


def shown(found: TicketView) -> dict[str, Any]:
    """The ticket as its asker sees it, with the reply and what it follows or may follow."""
    standing = asker_acts.standing(visit.session(), found.number)
    names = Ticket.model_fields.keys() - {"follows", "reply", "similar"}
    return {
        **{name: getattr(found, name) for name in names},
        "follows": standing.followed.number if standing.followed else None,
        "reply": standing.reply,
        "similar": standing.similar,
    }


@api.post("/tickets/<number>/contact")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.input(ContactLeft, arg_name="left")
@api.output(ContactReceipt)
@api.doc(
    summary="留下联系方式 · Leave a contact", tags=["tickets"], operation_id="leave_contact", responses=[404]
)
def leave_contact(number: str, code: AccessCode, left: ContactLeft) -> dict[str, str]:
    """Store the contact, encrypted and apart from the ticket; a later one replaces it."""
    found = opened(number, code)
    keys = [visit.front_desk().home.secrets.contact]
    masked = tickets.leave_contact(visit.session(), found.number, left.contact, keys=keys, now=visit.now())
    return {"contact": masked}


def opened(number: str, code: AccessCode) -> TicketView:
    """The ticket, for who has its code; NotFound alike for an unknown number and a wrong code."""
    key = visit.front_desk().home.secrets.ticket_code
    return tickets.find(visit.session(), number, code.x_access_code, code_key=key)
