"""Who acts on behalf of whom: the roles of staff, and whoever is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is."""

    CURATOR = "curator"
    CLERK = "clerk"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def of_agency(self) -> bool:
        """Whether whoever has it works for one agency."""
        return self in (Role.CLERK, Role.APPROVER)

    @property
    def zh(self) -> str:
        """The label in simplified Chinese."""
        return _LABELS[self][0]

    @property
    def en(self) -> str:
        """The label in English."""
        return _LABELS[self][1]


_LABELS: Mapping[Role, tuple[str, str]] = {
    Role.CURATOR: ("协会编审", "Curator"),
    Role.CLERK: ("单位经办", "Clerk"),
    Role.APPROVER: ("单位审核", "Approver"),
    Role.AUDITOR: ("审计", "Auditor"),
    Role.ADMIN: ("管理员", "Administrator"),
}


@dataclass(frozen=True)
class Actor:
    """A member of staff who is signed in. ``agency_id`` for those of an agency."""

    user_id: int
    name: str
    display_name: str
    role: Role
    agency_id: str | None = None
