"""What askers think of answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class Feedback(Base):
    """The thumb on one answer, ``up`` or ``down``. Personal data is masked in ``comment``.

    A later thumb replaces the earlier: ``given_at`` is when the first was given, ``changed_at`` the last.
    """

    __tablename__ = "feedback"
    __table_args__ = (CheckConstraint("rating IN ('up', 'down')", name="rating_known"),)

    message_id: Mapped[str] = mapped_column(ForeignKey("answers.question_id"), primary_key=True)
    rating: Mapped[str]
    comment: Mapped[str | None]
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime]
