"""Staff: who may sign in, and where they are signed in now."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.base import Base


class User(Base):
    """A member of staff. ``agency_id`` only for those who work for an agency.

    ``totp_sealed`` is the secret of the second factor, encrypted; ``totp_step`` the last time step that was
    used, so that no code opens twice. ``must_change``: the password was set by somebody else.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("(role IN ('clerk', 'approver')) = (agency_id IS NOT NULL)", name="agency_fits_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    email: Mapped[str | None]
    password_hash: Mapped[str]
    must_change: Mapped[bool]
    totp_sealed: Mapped[bytes | None]
    totp_on: Mapped[bool]
    totp_step: Mapped[int]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    sign_ins: Mapped[list["SignIn"]] = relationship(back_populates="user", cascade="all, delete-orphan")


class SignIn(Base):
    """One browser in which a user is signed in. Only a digest of its token is stored."""

    __tablename__ = "sign_ins"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship(back_populates="sign_ins")
