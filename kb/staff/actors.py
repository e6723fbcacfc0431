"""The roles of staff, whoever is signed in, and what a role may do that is about no ticket.

Who may see and act on a ticket stands in ``kb.casework.access``.
"""

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


def may_see_outbox(actor: Actor) -> bool:
    """What is sent, and what could not be sent: who runs it, who serves the askers, who audits."""
    return actor.role in (Role.ADMIN, Role.CURATOR, Role.AUDITOR)


def may_mend_outbox(actor: Actor) -> bool:
    """Sending a dead letter again."""
    return actor.role in (Role.ADMIN, Role.CURATOR)


def may_see_routes(actor: Actor) -> bool:
    """What was learned about routing."""
    return actor.role in (Role.CURATOR, Role.AUDITOR)


def may_review_routes(actor: Actor) -> bool:
    """Keeping or dropping what was learned."""
    return actor.role is Role.CURATOR


def may_see_replies(actor: Actor) -> bool:
    """Published replies are public; the list of them with their state is for all staff."""
    return actor.role in Role


def may_review_reply(actor: Actor, issuer_id: str) -> bool:
    """Whether ``actor`` may put a flagged reply back in force, or withdraw one: its own agency's approver."""
    return actor.role is Role.APPROVER and actor.agency_id == issuer_id
