"""Accounts of staff: added, disabled and given a new first password by whoever runs the desk."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from kb.errors import ActRefused, NotFound
from kb.staff import passwords
from kb.staff.actors import Actor, Role
from kb.store.tables.agencies import Agency
from kb.store.tables.people import SignIn, User

_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.ASCII)
_EMAIL = re.compile(r"[^\s@]{1,64}@(?:[\w-]+\.)+[^\W\d_]{2,}", re.ASCII)


@dataclass(frozen=True)
class UserView:
    """An account, without anything that opens it."""

    id: int
    name: str
    display_name: str
    role: Role
    agency_id: str | None
    agency_name: str | None
    email: str | None
    must_change: bool
    second_factor: bool
    created_at: datetime
    disabled: bool


def add(
    session: Session,
    name: str,
    *,
    display_name: str,
    role: Role,
    agency_id: str | None,
    email: str | None,
    now: datetime,
) -> str:
    """Make an account and return its first password, which is shown this once and must be changed.

    Raises ActRefused with a sentence: a name that is taken or malformed, an agency missing or too many.
    """
    wanted = name.strip().lower()
    _check(session, wanted, role, agency_id, email)
    first = passwords.draw()
    session.add(
        User(
            name=wanted,
            display_name=display_name.strip() or wanted,
            role=role,
            agency_id=agency_id,
            email=email,
            password_hash=passwords.hashed(first),
            must_change=True,
            totp_sealed=None,
            totp_on=False,
            totp_step=0,
            created_at=now,
            disabled_at=None,
        )
    )
    session.flush()
    return first


def disable(session: Session, name: str, *, now: datetime) -> None:
    """Close an account and sign it out everywhere; its name stays in the histories. Raises NotFound."""
    user = by_name(session, name)
    user.disabled_at = user.disabled_at or now
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def reset(session: Session, name: str) -> str:
    """Give an account a new first password, open it if it was closed, and sign it out everywhere.

    The second factor is taken off: whoever lost the telephone comes this way. Raises NotFound.
    """
    user = by_name(session, name)
    first = passwords.draw()
    user.password_hash, user.must_change, user.disabled_at = passwords.hashed(first), True, None
    user.totp_sealed, user.totp_on = None, False
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    return first


def change_password(user: User, old: str, new: str) -> None:
    """Set a password that its owner chose. Raises ActRefused when ``old`` is wrong or ``new`` too weak."""
    if not passwords.matches(old, user.password_hash):
        raise ActRefused("现在的密码不对", "The present password is not right.")
    passwords.refuse_weak(new, name=user.name)
    if old == new:
        raise ActRefused("新密码不能与旧密码相同", "The new password must be another one.")
    user.password_hash, user.must_change = passwords.hashed(new), False


def users(session: Session) -> list[UserView]:
    """All accounts, by name."""
    rows = session.execute(
        select(User, Agency.name_hans).outerjoin(Agency, Agency.id == User.agency_id).order_by(User.name)
    )
    return [_view(user, agency) for user, agency in rows]


def by_name(session: Session, name: str) -> User:
    """The account as stored; raises NotFound."""
    user = session.scalar(select(User).where(User.name == name.strip().lower()))
    if user is None:
        raise NotFound("user", name)
    return user


def actor_of(user: User) -> Actor:
    """The user as whoever acts."""
    return Actor(user.id, user.name, user.display_name, Role(user.role), user.agency_id)


def _check(session: Session, name: str, role: Role, agency_id: str | None, email: str | None) -> None:
    if not _NAME.fullmatch(name):
        raise ActRefused(
            "账号用小写字母开头，2 到 32 个小写字母、数字、点、横线或下划线",
            "A name begins with a letter and has 2 to 32 small letters, digits, dots, hyphens, underscores.",
        )
    if session.scalar(select(exists().where(User.name == name))):
        raise ActRefused(f"账号 {name} 已经存在", f"There is a user {name} already.")
    if role.of_agency != (agency_id is not None):
        raise ActRefused(
            "经办和审核须指定单位，其他角色不属于单位",
            "Clerks and approvers belong to an agency; other roles to none.",
        )
    if agency_id is not None and session.get(Agency, agency_id) is None:
        raise ActRefused(f"没有单位 {agency_id}", f"There is no agency {agency_id}.")
    if email is not None and not _EMAIL.fullmatch(email):
        raise ActRefused("邮箱写得不完整", "The e-mail address is not complete.")


def _view(user: User, agency: str | None) -> UserView:
    return UserView(
        user.id,
        user.name,
        user.display_name,
        Role(user.role),
        user.agency_id,
        agency,
        user.email,
        user.must_change,
        user.totp_on,
        user.created_at,
        user.disabled_at is not None,
    )
