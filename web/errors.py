"""One table from what goes wrong below to what the world is told: status, stable code, one sentence.

Codes are promises to clients: they are added, never renamed. Every exception class of ``indexer``, ``kb``
and ``bot`` has a row of its own (a test walks them); the front doors' own follow by HTTP status.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from bot import errors as bot
from indexer import errors as indexer
from kb import errors as kb
from web.exits import ExitCode
from web.locale import Locale, in_locale


@dataclass(frozen=True)
class ErrorKind:
    """What is said of a class of errors, over HTTP and at the terminal. ``zh`` is simplified Chinese."""

    status: int
    code: str
    zh: str
    en: str
    exit: ExitCode = ExitCode.FAILED


INTERNAL = ErrorKind(
    500,
    "internal",
    "系统出了故障，已记录，请稍后再试",
    "Something broke on our side; it has been recorded. Please try again later.",
    ExitCode.INTERNAL,
)
INVALID = ErrorKind(
    422, "invalid", "请求里有些内容填得不对", "Some fields of the request are not right.", ExitCode.USAGE
)
FORM_EXPIRED = ErrorKind(
    400,
    "form_expired",
    "页面已过期，请刷新后再发送",
    "This page has expired; reload it and send again.",
)
_NOT_READY = ErrorKind(
    503,
    "not_ready",
    "系统正在准备知识库，请稍后再试",
    "The knowledge base is being prepared; please try again later.",
    ExitCode.UNAVAILABLE,
)

BELOW: Mapping[type[Exception], ErrorKind] = {
    indexer.IndexerError: _NOT_READY,
    indexer.GenerationMissing: _NOT_READY,
    indexer.GenerationDamaged: _NOT_READY,
    indexer.GenerationUnknown: _NOT_READY,
    indexer.GenerationNotWritten: _NOT_READY,
    kb.KnowledgeError: INTERNAL,
    kb.DatabaseUnready: _NOT_READY,
    kb.CorpusRefused: ErrorKind(
        422,
        "corpus_refused",
        "语料有错误，未作任何改动",
        "The corpus has errors; nothing was changed.",
        ExitCode.BAD_DATA,
    ),
    kb.NotFound: ErrorKind(
        404, "not_found", "没有找到您要的内容", "There is nothing here by that name.", ExitCode.FAILED
    ),
    kb.IllegalTransition: ErrorKind(
        409, "illegal_transition", "工单目前的状态不允许这样做", "The ticket's state does not allow this."
    ),
    kb.StaleVersion: ErrorKind(
        409,
        "stale_version",
        "内容刚被别人改过，请刷新后再试",
        "Somebody changed this meanwhile; reload and try again.",
    ),
    kb.NotAllowed: ErrorKind(403, "not_allowed", "您没有权限这样做", "You may not do this."),
    kb.ActRefused: ErrorKind(409, "act_refused", "现在不能这样做", "This cannot be done now."),
    kb.PasswordRejected: ErrorKind(422, "password_rejected", "这个密码不能用", "This password will not do."),
    kb.ReasonMissing: ErrorKind(422, "reason_missing", "这一步须写明理由", "This step needs a reason."),
    kb.ContactRejected: ErrorKind(
        422,
        "contact_rejected",
        "联系方式须是手机号、带区号的座机号或邮箱",
        "A contact is a mobile number, a landline with its area code, or an e-mail address.",
    ),
    kb.CitationBroken: ErrorKind(
        500,
        "citation_broken",
        "引用与原文核对不上，因此不作答复",
        "A quotation did not match its source, so no answer is given.",
        ExitCode.INTERNAL,
    ),
    bot.BotError: INTERNAL,
    bot.MessageRejected: ErrorKind(
        422,
        "message_rejected",
        "提问不能为空，也不能太长",
        "A question must not be empty, nor too long.",
        ExitCode.USAGE,
    ),
}

BY_STATUS: Mapping[int, ErrorKind] = {
    kind.status: kind
    for kind in (
        ErrorKind(400, "bad_request", "请求格式有误，无法读取", "The request cannot be read."),
        ErrorKind(401, "unauthorized", "请先登录", "Please sign in first."),
        ErrorKind(403, "forbidden", "您没有权限这样做", "You may not do this."),
        ErrorKind(404, "no_such_page", "没有这个页面或接口", "There is no such page or endpoint."),
        ErrorKind(405, "method_not_allowed", "这个地址不接受该请求方法", "Not a method of this address."),
        ErrorKind(406, "not_acceptable", "无法按所要求的格式回应", "No response in the form asked for."),
        ErrorKind(408, "timeout", "请求超时，请再试一次", "The request took too long; please try again."),
        ErrorKind(409, "conflict", "与当前状态冲突", "This conflicts with the present state."),
        ErrorKind(413, "too_large", "发送的内容太大", "The request is too large."),
        ErrorKind(414, "address_too_long", "网址太长", "The address is too long."),
        ErrorKind(415, "not_json", "请以 application/json 发送", "Please send application/json."),
        INVALID,
        ErrorKind(429, "too_many_requests", "您的提问太频繁，请稍候再试", "Too many requests; please wait."),
        ErrorKind(431, "headers_too_large", "请求头太大", "The request headers are too large."),
        INTERNAL,
        ErrorKind(503, "unavailable", "服务暂不可用，请稍后再试", "Not available; please try later."),
    )
}  # fmt: skip


def kind_of(error: BaseException) -> ErrorKind:
    """The row for an exception from below: its own class's, else its nearest ancestor's, else INTERNAL."""
    return next((BELOW[cls] for cls in type(error).__mro__ if cls in BELOW), INTERNAL)


def kind_of_status(status: int) -> ErrorKind:
    """The row for a bare HTTP status. One without a row keeps its number and takes the standard phrase."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    phrase = HTTPStatus(status).phrase
    return ErrorKind(status, phrase.lower().replace(" ", "_"), INVALID.zh, f"{phrase}.")


def rejection(error: bot.MessageRejected, locale: Locale) -> str:
    """What an asker is told of a message that is empty or too long: what to do, and both lengths."""
    if error.length == 0:
        return in_locale(locale, "请先写下您的问题，再发送", "Please write your question first.")
    return in_locale(
        locale,
        f"您写了 {error.length} 个字，最多可以写 {error.limit} 个字；请缩短一些，或者分几次来问",
        f"Your question has {error.length} characters and may have {error.limit}; "
        "please shorten it, or ask in parts.",
    )
