"""Editions of laws: which, since when, until when and why no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CURRENT = sa.text("superseded_at IS NULL AND withdrawn_at IS NULL")
_NONE = sa.text("'[]'")


def upgrade() -> None:
    with op.batch_alter_table("documents") as documents:
        documents.add_column(
            sa.Column("aliases", sa.JSON(none_as_null=True), nullable=False, server_default=_NONE)
        )
        documents.add_column(
            sa.Column("prevails_over", sa.JSON(none_as_null=True), nullable=False, server_default=_NONE)
        )
    op.drop_index("uq_editions_current", table_name="editions")
    with op.batch_alter_table("editions") as editions:
        editions.add_column(sa.Column("version", sa.String(), nullable=False, server_default=""))
        editions.add_column(sa.Column("origin", sa.String(), nullable=False, server_default="corpus"))
        editions.add_column(sa.Column("adopted_on", sa.Date(), nullable=True))
        editions.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        editions.add_column(sa.Column("ended_by", sa.String(), nullable=True))
    _index(["document_id", "version"])
    op.create_table(
        "legal_bases",
        sa.Column("passage_key", sa.String(), nullable=False),
        sa.Column("article_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("passage_key", "article_key", name=op.f("pk_legal_bases")),
    )
    op.create_index(op.f("ix_legal_bases_article_key"), "legal_bases", ["article_key"])


def downgrade() -> None:
    op.drop_table("legal_bases")
    op.drop_index("uq_editions_current", table_name="editions")
    # One edition a document is all that the older tables know; of several the newest stays.
    op.execute(
        "UPDATE editions SET superseded_at = ingested_at WHERE superseded_at IS NULL AND withdrawn_at IS NULL"
        " AND version < (SELECT max(other.version) FROM editions AS other"
        " WHERE other.document_id = editions.document_id"
        " AND other.superseded_at IS NULL AND other.withdrawn_at IS NULL)"
    )
    with op.batch_alter_table("editions") as editions:
        for name in ("ended_by", "ended_on", "adopted_on", "origin", "version"):
            editions.drop_column(name)
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("prevails_over")
        documents.drop_column("aliases")
    _index(["document_id"])


def _index(columns: list[str]) -> None:
    op.create_index(
        "uq_editions_current",
        "editions",
        columns,
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
