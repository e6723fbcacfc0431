"""Staff for tests: one member of each kind, and tickets as askers leave them."""

from datetime import datetime

from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from kb.documents import knowledge
from kb.staff import users
from kb.staff.actors import Actor, Role
from kb.staff.passwords import hashed
from kb.store.tables.people import User
from kb.tickets import tickets
from kb.tickets.tickets import Kept
from kb.working_time import CHINA

PASSWORD = "correct horse battery"
HASH = hashed(PASSWORD)
"""Hashed once: a good hash takes long."""
CODE_KEY = b"k" * 32
CONTACT_KEY = Fernet.generate_key()
CUSTOMS, PORT = "xiamen-customs", "port-authority"


def hire(session: Session, name: str, role: Role, now: datetime, agency: str | None = None) -> Actor:
    """An account with an address; whoever acts in its name."""
    session.add(
        User(
            name=name,
            display_name=name.upper(),
            role=role,
            agency_id=agency,
            email=f"{name}@example.cn",
            password_hash=HASH,
            must_change=False,
            totp_on=False,
            totp_step=0,
            created_at=now,
        )
    )
    session.flush()
    return users.actor_of(users.by_name(session, name))


class Office:
    """A curator, two agencies with a clerk and an approver each, an auditor and an administrator."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.curator = hire(session, "curator", Role.CURATOR, now)
        self.clerk = hire(session, "clerk", Role.CLERK, now, CUSTOMS)
        self.approver = hire(session, "approver", Role.APPROVER, now, CUSTOMS)
        self.other_clerk = hire(session, "other-clerk", Role.CLERK, now, PORT)
        self.other_approver = hire(session, "other-approver", Role.APPROVER, now, PORT)
        self.auditor = hire(session, "auditor", Role.AUDITOR, now)
        self.admin = hire(session, "admin", Role.ADMIN, now)

    @property
    def everybody(self) -> tuple[Actor, ...]:
        """All of them."""
        return (
            self.curator,
            self.clerk,
            self.approver,
            self.other_clerk,
            self.other_approver,
            self.auditor,
            self.admin,
        )


def ask(
    session: Session, question: str, now: datetime, *, script: str = "hans", contact: str | None = None
) -> Kept:
    """A kept question near the plan's first measure, with a contact if one is given."""

    near = knowledge.passages(session, ["xiamen-2024-plan/2.1.1"], on=now.astimezone(CHINA).date())
    kept = tickets.keep_question(
        session,
        question=question,
        script=script,
        reason="not_stated",
        conversation_id=None,
        nearest=list(near.values()),
        agencies=[
            _Named(mention.agency.id, mention.agency.name_hans, view.id)
            for view in near.values()
            for mention in view.agencies
        ],
        now=now,
        code_key=CODE_KEY,
        missing=["telephone"],
    )
    if contact:
        tickets.leave_contact(session, kept.number, contact, keys=[CONTACT_KEY], now=now)
    return kept


class _Named:
    def __init__(self, agency_id: str, name: str, basis: str) -> None:
        self.id, self.name, self.basis = agency_id, name, basis
