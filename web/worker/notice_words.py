"""The words of notices: for askers in the script they wrote in, for staff in simplified Chinese."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.text.script import to_script
from kb.documents.knowledge import PassageView
from kb.notices import notices
from web.clock import CHINA

CLOCKS = {"acceptance": "受理", "response": "着手办理", "answer": "答复"}


@dataclass(frozen=True)
class Words:
    """A notice, ready to be sent."""

    subject: str
    body: str


def words_of(kind: str, data: Mapping[str, Any], reply: PassageView | None, base_url: str) -> Words:
    """What a notice of ``kind`` says. ``reply``: the passage it is about, where there is one."""
    if kind.startswith("asker."):
        return _in_script(_ASKER[kind](data, reply, base_url), data["script"])
    return _STAFF[kind](data, base_url)


def _in_script(words: Words, script: str) -> Words:
    if script == "hant":
        return Words(to_script(words.subject, "hant"), to_script(words.body, "hant"))
    return Words(to_script(words.subject, "hans"), to_script(words.body, "hans"))


def _answered(data: Mapping[str, Any], reply: PassageView | None, base_url: str) -> Words:
    lines = [f"您登记的问题 {data['number']} 已有答复。"]
    if reply:
        lines += ["", reply.text]
    lines += ["", f"凭工单号和查询码可以查看全文并评价：{_ticket(data, base_url)}"]
    return Words(f"{data['number']} 已答复", "\n".join(lines))


def _asked(data: Mapping[str, Any], _reply: PassageView | None, base_url: str) -> Words:
    lines = [
        f"您登记的问题 {data['number']} 需要您补充情况，才能继续办理：",
        "",
        data.get("wanted") or "",
        "",
        f"凭工单号和查询码填写：{_ticket(data, base_url)}",
    ]
    return Words(f"{data['number']} 需要您补充", "\n".join(lines))


def _routed(data: Mapping[str, Any], base_url: str) -> Words:
    return _staff(data, base_url, "有新的问题转给您的单位", "")


def _submitted(data: Mapping[str, Any], base_url: str) -> Words:
    return _staff(data, base_url, "有答复等您审核", "")


def _sent_back(data: Mapping[str, Any], base_url: str) -> Words:
    return _staff(data, base_url, "答复被退回修改", data.get("reason"))


def _returned(data: Mapping[str, Any], base_url: str) -> Words:
    what = "第二次被退回，请协调" if data.get("escalated") else "被单位退回，请改派"
    return _staff(data, base_url, what, data.get("reason"))


def _resumed(data: Mapping[str, Any], base_url: str) -> Words:
    return _staff(data, base_url, "企业已补充情况", "")


def _reopened(data: Mapping[str, Any], base_url: str) -> Words:
    return _staff(data, base_url, "已重新办理", data.get("reason"))


def _reminder(data: Mapping[str, Any], base_url: str) -> Words:
    due = datetime.fromisoformat(data["due_at"]).astimezone(CHINA)
    what = f"{CLOCKS[data['clock']]}时限已用 {data['percent']}%，{due:%m-%d %H:%M} 到期"
    return _staff(data, base_url, what, "")


def _flagged(data: Mapping[str, Any], base_url: str) -> Words:
    reason = f"{data['reason']} 已修改或失效，答复暂停使用"
    lines = [f"{data['number']}：已发布的答复待复核", reason, _page(base_url, "/console/replies")]
    return Words(f"{data['number']} 答复待复核", "\n".join(lines))


def _staff(data: Mapping[str, Any], base_url: str, what: str, reason: str | None) -> Words:
    lines = [f"{data['number']}：{what}", data.get("question", "")]
    lines += [f"原因：{reason}"] if reason else []
    lines += [_page(base_url, f"/console/tickets/{data['number']}")]
    return Words(f"{data['number']} {what}", "\n".join(lines))


def _ticket(data: Mapping[str, Any], base_url: str) -> str:
    return _page(base_url, f"/tickets/{data['number']}")


def _page(base_url: str, path: str) -> str:
    return f"{base_url}{path}"


_ASKER: Mapping[str, Callable[[Mapping[str, Any], PassageView | None, str], Words]] = {
    notices.ASKER_ANSWERED: _answered,
    notices.ASKER_ASKED: _asked,
}
_STAFF: Mapping[str, Callable[[Mapping[str, Any], str], Words]] = {
    notices.STAFF_ROUTED: _routed,
    notices.STAFF_SUBMITTED: _submitted,
    notices.STAFF_SENT_BACK: _sent_back,
    notices.STAFF_RETURNED: _returned,
    notices.STAFF_RESUMED: _resumed,
    notices.STAFF_REOPENED: _reopened,
    notices.STAFF_REMINDER: _reminder,
    notices.STAFF_FLAGGED: _flagged,
}
WORDED = frozenset(_ASKER) | frozenset(_STAFF)
"""Every kind of notice that has words."""
