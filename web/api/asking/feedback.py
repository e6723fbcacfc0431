"""Whether an answer helped."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from kb.conversations import rate
from web.api.blueprint import api
from web.api.contract import ID_PATTERN
from web.api.schema import Taken, described
from web.request import visit
from web.request.message import printable
from web.request.throttling import throttled


class Feedback(Taken):
    """A thumb on an answer, with a word if the asker likes. A later one replaces it."""

    message_id: str = described("答复的编号。", "The answer's message_id.", "m_01", pattern=ID_PATTERN)
    rating: Literal["up", "down"] = described("有用或没用。", "Helpful or not.", "up")
    comment: Annotated[str, AfterValidator(printable)] | None = described(
        "留言。", "A comment.", None, default=None, max_length=500
    )


@api.post("/feedback")
@throttled
@api.input(Feedback, arg_name="given")
@api.doc(
    summary="评价答复 · Rate an answer",
    tags=["chat"],
    operation_id="feedback",
    responses={204: "已记下。 Recorded.", 404: ""},
)
def feedback(given: Feedback) -> tuple[str, int]:
    """Record the rating."""
    rate(visit.session(), given.message_id, given.rating, given.comment, now=visit.now())
    return "", 204
