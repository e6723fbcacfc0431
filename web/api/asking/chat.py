"""``POST /api/v1/chat``: a question in, the contract object out, at once or as a stream of events."""

from flask import Response, request, stream_with_context

from bot.answer import Answer
from bot.conversation import converse
from bot.wish import Wish
from web.api.asking.stream import EVENT_STREAM, answer_events
from web.api.blueprint import api
from web.api.contract import ChatAnswer, ChatRequest
from web.request import visit
from web.request.message import checked_message
from web.request.throttling import throttled

_FORMS = ("application/json", EVENT_STREAM)


@api.post("/chat")
@throttled
@api.input(ChatRequest, arg_name="asked")
@api.output(ChatAnswer, description="答复。 The answer.")
@api.doc(
    summary="提问 · Ask a question",
    description=(
        "答复逐字引用政策原文，并写明条款和责任单位；答不了的转为工单。"
        "以 `Accept: text/event-stream` 请求时按事件逐步返回："
        "`status`、`citations`、`delta`、`ticket`、`done`（完整答复）、`error`（错误说明）。\n\n"
        "The answer quotes the policy verbatim, with clause and responsible agencies; what cannot be "
        "answered becomes a ticket. With `Accept: text/event-stream` the answer comes as named events: "
        "`status`, `citations`, `delta`, `ticket`, `done` (the whole answer), `error` (a problem document)."
    ),
    tags=["chat"],
    operation_id="chat",
    responses=[404],
)
def chat(asked: ChatRequest) -> dict[str, object] | Response:
    """Answer one message."""
    if asked.locale:
        visit.speak(asked.locale)
    message = checked_message(asked.message, visit.front_desk().settings.max_chars)
    if request.accept_mimetypes.best_match(_FORMS) == EVENT_STREAM:
        return _streamed(asked, message)
    return _answer(asked, message).as_dict()


def _answer(asked: ChatRequest, message: str) -> Answer:
    """In a transaction of its own, so that a stream can name a ticket only once it is kept."""
    desk = visit.front_desk()
    with desk.answering, desk.transaction() as session:
        answer = converse(
            session,
            desk.desk,
            message,
            conversation_id=asked.conversation_id,
            locale=asked.locale,
            wish=Wish(literal=asked.literal, as_of=asked.as_of),
            now=visit.now(),
        )
    visit.metrics().answered(answer)
    return answer


def _streamed(asked: ChatRequest, message: str) -> Response:
    events = answer_events(lambda: _answer(asked, message), visit.locale(), visit.request_id())
    response = Response(stream_with_context(events), content_type=f"{EVENT_STREAM}; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would hold the events back until the end
    return response
