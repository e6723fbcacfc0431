"""Tickets to replies."""

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None

_OF_EVENTS = ("action", "content", "previous", "hash")


def upgrade() -> None:
    op.create_table(
        "learned_routes",
        sa.Column("passage_key", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.String(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('learned', 'kept', 'dropped')", name=op.f("ck_learned_routes_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_learned_routes_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("passage_key", "agency_id", name=op.f("pk_learned_routes")),
    )
    op.create_table(
        "published_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("passage_key", sa.String(), nullable=False),
        sa.Column("issuer_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('in_force', 'flagged', 'withdrawn', 'superseded')",
            name=op.f("ck_published_replies_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_published_replies_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["agencies.id"], name=op.f("fk_published_replies_issuer_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_published_replies_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_replies")),
        sa.UniqueConstraint("ticket_id", "ordinal", name=op.f("uq_published_replies_ticket_id_ordinal")),
    )
    with op.batch_alter_table("published_replies") as batch_op:
        batch_op.create_index(batch_op.f("ix_published_replies_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_replies_passage_key"), ["passage_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_replies_state"), ["state"], unique=False)

    op.create_table(
        "reply_drafts",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("variants", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("citations", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_reply_drafts_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_reply_drafts")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_on", sa.Boolean(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role IN ('clerk', 'approver')) = (agency_id IS NOT NULL)",
            name=op.f("ck_users_agency_fits_role"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_users_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
    )
    with op.batch_alter_table("users") as batch_op:
        batch_op.create_index(batch_op.f("ix_users_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("to_user", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.CheckConstraint("channel IN ('email', 'webhook')", name=op.f("ck_outbox_channel_known")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'dead')", name=op.f("ck_outbox_state_known")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_outbox_ticket_id_tickets")),
        sa.ForeignKeyConstraint(["to_user"], ["users.id"], name=op.f("fk_outbox_to_user_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_state_next_at"), ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "reply_citations",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("passage_key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["published_replies.id"], name=op.f("fk_reply_citations_reply_id_published_replies")
        ),
        sa.PrimaryKeyConstraint("reply_id", "position", name=op.f("pk_reply_citations")),
    )
    with op.batch_alter_table("reply_citations") as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_citations_passage_key"), ["passage_key"], unique=False)

    op.create_table(
        "reply_ratings",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_reply_ratings_level_known")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["published_replies.id"], name=op.f("fk_reply_ratings_reply_id_published_replies")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_reply_ratings_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "reply_id", name=op.f("pk_reply_ratings")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id_users")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_seen_at"), ["seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("ticket_events") as batch_op:
        batch_op.add_column(sa.Column("salt", sa.String(), nullable=True))
        for name in _OF_EVENTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))

    with op.batch_alter_table("ticket_passages") as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_passages_passage_key"), ["passage_key"], unique=False)

    with op.batch_alter_table("tickets") as batch_op:
        batch_op.add_column(sa.Column("folded", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("head", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("escalated", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_tickets_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_remind_at"), ["remind_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_tickets_parent_id_tickets"), "tickets", ["parent_id"], ["id"]
        )

    _fill()
    with op.batch_alter_table("ticket_events") as batch_op:
        for name in _OF_EVENTS:
            batch_op.alter_column(name, existing_type=sa.String(), nullable=False)
    with op.batch_alter_table("tickets") as batch_op:
        batch_op.alter_column("folded", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("head", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("escalated", existing_type=sa.Boolean(), nullable=False)


def _fill() -> None:
    """Chain the events that are there already, as ``kb.tickets.event_chain`` did when this step was written."""
    connection = op.get_bind()
    tickets = sa.table(
        "tickets", *map(sa.column, ("id", "number", "question", "folded", "head", "escalated"))
    )
    names = ("ticket_id", "sequence", "actor", "from_state", "to_state", "reason", "salt", *_OF_EVENTS)
    events = sa.table(
        "ticket_events",
        *map(sa.column, names),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("detail", sa.JSON(none_as_null=True)),
    )
    for ticket in connection.execute(sa.select(tickets.c.id, tickets.c.number, tickets.c.question)).all():
        previous = "0" * 64
        own = sa.select(events).where(events.c.ticket_id == ticket.id).order_by(events.c.sequence)
        for event in connection.execute(own).all():
            row = _chained(ticket.number, event, previous)
            connection.execute(
                sa.update(events)
                .where(events.c.ticket_id == ticket.id, events.c.sequence == event.sequence)
                .values(row)
            )
            previous = row["hash"]
        connection.execute(
            sa.update(tickets)
            .where(tickets.c.id == ticket.id)
            .values(folded=ticket.question, head=previous, escalated=sa.false())
        )


def _chained(number: str, event: Any, previous: str) -> dict[str, str]:
    action = "kept" if event.from_state is None else "moved"
    salt = secrets.token_hex(16)
    content = _digest([salt, event.reason, event.detail])
    at = event.at.replace(tzinfo=UTC) if event.at.tzinfo is None else event.at.astimezone(UTC)
    moment = at.isoformat(timespec="microseconds")
    states = [event.from_state, event.to_state]
    chained = [number, moment, event.sequence, event.actor, action, *states, content, previous]
    return {
        "action": action,
        "salt": salt,
        "content": content,
        "previous": previous,
        "hash": _digest(chained),
    }


def _digest(content: Any) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def downgrade() -> None:
    with op.batch_alter_table("tickets") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_tickets_parent_id_tickets"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_tickets_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_tickets_remind_at"))
        batch_op.drop_index(batch_op.f("ix_tickets_parent_id"))
        batch_op.drop_column("erased_at")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("remind_at")
        batch_op.drop_column("escalated")
        batch_op.drop_column("head")
        batch_op.drop_column("folded")

    with op.batch_alter_table("ticket_passages") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_passages_passage_key"))

    with op.batch_alter_table("ticket_events") as batch_op:
        batch_op.drop_column("hash")
        batch_op.drop_column("previous")
        batch_op.drop_column("content")
        batch_op.drop_column("salt")
        batch_op.drop_column("action")

    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_user_id"))
        batch_op.drop_index(batch_op.f("ix_sign_ins_seen_at"))

    op.drop_table("sign_ins")
    op.drop_table("reply_ratings")
    with op.batch_alter_table("reply_citations") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_citations_passage_key"))

    op.drop_table("reply_citations")
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_ticket_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_state_next_at"))

    op.drop_table("outbox")
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_agency_id"))

    op.drop_table("users")
    op.drop_table("reply_drafts")
    with op.batch_alter_table("published_replies") as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_replies_state"))
        batch_op.drop_index(batch_op.f("ix_published_replies_passage_key"))
        batch_op.drop_index(batch_op.f("ix_published_replies_document_id"))

    op.drop_table("published_replies")
    op.drop_table("learned_routes")
