"""The day whose law a visitor wants answers of, as it goes from page to page."""

from datetime import date

from flask import request

from web.request import visit

FIELD = "as_of"


def asked_day() -> date | None:
    """The day in the address or the form; None for today and for what is no day."""
    try:
        day = date.fromisoformat(request.values.get(FIELD, ""))
    except ValueError:
        return None
    return None if day == visit.today() else day
