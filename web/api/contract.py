"""The question and the answer of ``POST /api/v1/chat``; the same object everywhere (docs/api.md)."""

from datetime import date

from bot.answer import Reason, Script, Status
from bot.understanding import Because
from web.api.schema import Given, Taken, described
from web.locale import Locale

# At least one character that a reader would see; the same to Python, Rust and JavaScript.
VISIBLE = r"[^\s\x00-\x1f\x7f-\x9f]"
ID_PATTERN = r"^[0-9A-Za-z_-]{1,64}$"


class ChatRequest(Taken):
    """A question, alone or as the next turn of a conversation."""

    # Promised here, kept by ``checked_message``, whose refusal says more than a schema's.
    message: str = described(
        "问题原文。",
        "The question.",
        "活鱼凌晨到港，能预约通关吗？",
        json_schema_extra={"pattern": VISIBLE, "minLength": 1},
    )
    conversation_id: str | None = described(
        "上一次答复里的会话编号；新会话不填。",
        "From the answer before; null begins a conversation.",
        None,
        default=None,
        pattern=ID_PATTERN,
    )
    locale: Locale | None = described(
        "答复用语；不填则与问题同字形。",
        "Language of the answer; null follows the question's script.",
        "zh-Hans",
        default=None,
    )
    literal: bool = described(
        "按原话理解：不改错字，也不接着上一问。",
        "Take the message as it stands: correct nothing, and do not follow the question before.",
        False,
        default=False,
    )
    as_of: date | None = described(
        "按哪一天有效的规定作答；不填则为今天。",
        "Answer from what is in force on that day; null for today.",
        None,
        default=None,
    )


class CitedDocument(Given):
    """The document a citation is taken from."""

    id: str = described("文件编号。", "The document's id.", "xiamen-2024-plan")
    title: str = described("标题原文。", "Title, verbatim.", "廈門市2024年促進跨境貿易便利化專項行動工作方案")
    number: str | None = described("文号。", "Official number.", None)
    issuer: str | None = described("发文单位。", "Issued by.", "廈門市人民政府辦公廳")
    issued_on: str | None = described("发文日期。", "Date of issue.", "2024-04-30")
    effective_on: str | None = described("施行日期。", "In force from.", None)
    status: str = described("今天的效力。", "Whether it holds today.", "in_force")
    edition: str | None = described(
        "法律的哪一版（通过日期）。", "Which edition of a law, by the day it was adopted.", None
    )
    source: str | None = described("来源。", "Where the text was published.", None)


class Citation(Given):
    """A verbatim quotation; ``start`` and ``end`` count characters of the document's text."""

    passage_id: str = described("条款编号。", "The passage's id.", "xiamen-2024-plan/2.2.3")
    document: CitedDocument
    section: str = described("条款号。", "The passage's number.", "2.2.3")
    label: str = described("条款的写法。", "The number as written.", "二、(二)3")
    heading: str | None = described("条款标题。", "Heading, verbatim.", "推進智慧港口建設")
    quote: str = described("引文，与原文逐字相同。", "The quotation, verbatim.", "推進智慧港口建設。")
    start: int = described("引文起点。", "Where the quotation starts.", 2310)
    end: int = described("引文终点（不含）。", "Where it ends, exclusive.", 2319)
    sha256: str = described("条款原文的摘要。", "Digest of the passage.", "0" * 64)
    agencies: list[str] = described(
        "条款写明的单位。", "Agencies the passage names.", ["廈門海關", "港務集團"]
    )
    url: str = described("条款所在页面。", "Page of the passage.", "/documents/xiamen-2024-plan#2.2.3")


class ResponsibleAgency(Given):
    """A body to turn to, and the passage that says so."""

    name: str = described("单位名称。", "Name.", "厦门海关")
    role: str = described("角色：独立、共同、各单位、牵头。", "sole, joint, collective or lead.", "joint")
    basis: str = described("依据的条款。", "Passage that says so.", "xiamen-2024-plan/2.2.3")


class SimilarTicket(Given):
    """An open ticket that asks the same as far as words tell; the asker may join it."""

    number: str = described("工单号。", "Ticket number.", "WT-20261123-0003")
    state: str = described("办理状态。", "State.", "assigned")


class TicketReceipt(Given):
    """What the asker keeps of a question that was passed on."""

    number: str = described("工单号。", "Ticket number.", "WT-20261123-0007")
    state: str = described("办理状态。", "State.", "new")
    due_at: str = described("答复期限。", "An answer is promised by.", "2026-11-26T17:30:00+08:00")
    url: str = described("查询页面。", "Page to look it up.", "/tickets/WT-20261123-0007")
    access_code: str | None = described(
        "查询码，只在此处给出一次。", "Access code; given here and never again.", "7KQ4-M2XD", default=None
    )
    similar: SimilarTicket | None = described(
        "可以一并等候的相近工单。", "An open ticket to join.", None, default=None
    )


class Understanding(Given):
    """How a message was understood where that is not what it says."""

    question: str = described("按此问题作答。", "The question that was answered.", "离港确认归谁管")
    because: Because = described(
        "原因：spelling 为改正错字，follow_up 为接着上一问。",
        "spelling: a slip of the pen was corrected; follow_up: it was read with the question before.",
        "spelling",
    )
    undo: str = described("原来的问题。", "The message as sent.", "离港却认归谁管")


class PartAnswer(Given):
    """The answer to one question. Everything it states as policy is a verified quotation in ``citations``."""

    conversation_id: str = described("会话编号。", "The conversation.", "c_01")
    message_id: str = described("本条答复的编号。", "This answer.", "m_01")
    status: Status = described("结果。", "How the question ended.", "answered")
    reason: Reason | None = described("未完整作答的原因。", "Why there is no full answer.", None)
    answer: str = described("答复。", "The answer, in the asker's script.", "可以。方案写明……")
    script: Script = described("字形。", "Script of the answer.", "hans")
    citations: list[Citation] = described("引用，最佳者在前。", "Citations, best first.", [])
    agencies: list[ResponsibleAgency] = described("责任单位。", "Responsible agencies.", [])
    ticket: TicketReceipt | None = described("工单。", "The kept question.", None)
    suggestions: list[str] = described("可接着问的话。", "What to ask next.", ["还有别的吗？"])
    confidence: float = described("把握程度，已校准。", "Calibrated confidence.", 0.93, ge=0, le=1)
    understood: Understanding | None = described(
        "按另一种写法理解时，理解成了什么。", "How it was understood, if not as written.", None
    )
    as_of: str | None = described(
        "按哪一天有效的规定作答；null 为作答当天。",
        "The day whose law it tells; null for that of the day it was given.",
        None,
    )


class ChatAnswer(PartAnswer):
    """One turn's answer; of a message with several questions with the answer to each."""

    parts: list[PartAnswer] = described(
        "一条消息问几件事时，逐件的答复；只问一件时为空。",
        "Of a message with several questions the answer to each, in order; empty for one question.",
        [],
        default=[],
    )


class ProblemDocument(Given):
    """RFC 9457. ``code`` is stable; ``detail`` is a sentence for people, in the client's language."""

    type: str = described("错误说明的地址。", "Where the code is explained.", "/api/v1/docs#not_found")
    title: str = described("错误概述。", "What went wrong.", "没有找到您要的内容")
    status: int = described("HTTP 状态码。", "HTTP status.", 404)
    detail: str = described("详情。", "Particulars.", "没有找到您要的内容")
    code: str = described("稳定代码。", "Stable code.", "not_found")
    request_id: str = described("请求编号，报障时请提供。", "Quote it when reporting.", "5f0c…")
    errors: list[dict[str, str | int]] | None = described(
        "哪些字段有错。",
        "Fields at fault.",
        [{"field": "message", "detail": "…", "limit": 500, "length": 612}],
        default=None,
    )
