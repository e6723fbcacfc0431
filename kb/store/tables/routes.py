"""What was learned about where questions go."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class LearnedRoute(Base):
    """Questions near a passage go to this agency. Proposed by what curators did, kept or dropped by one."""

    __tablename__ = "learned_routes"
    __table_args__ = (CheckConstraint("state IN ('learned', 'kept', 'dropped')", name="state_known"),)

    passage_key: Mapped[str] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    role: Mapped[str]
    times: Mapped[int]
    last_number: Mapped[str]
    learned_at: Mapped[datetime]
    state: Mapped[str]
    reviewed_by: Mapped[str | None]
