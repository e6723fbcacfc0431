"""What people ask that no document here answers."""

from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class OutsideQuestion(Base):
    """A curated question that must not be answered from the documents; ``keep``: a person should see it."""

    __tablename__ = "outside_questions"

    text: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    keep: Mapped[bool]
    author: Mapped[str]
