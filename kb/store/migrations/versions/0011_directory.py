"""Whom to turn to, which places there are, and by what subjects people want lists."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agencies") as agencies:
        agencies.add_column(sa.Column("jurisdiction", sa.String(), nullable=True))
    op.create_table(
        "agency_contacts",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_contacts_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("agency_id", "kind", "value", name=op.f("pk_agency_contacts")),
    )
    op.create_table(
        "hotlines",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_hans", sa.String(), nullable=False),
        sa.Column("name_hant", sa.String(), nullable=False),
        sa.Column("takes_hans", sa.String(), nullable=False),
        sa.Column("takes_hant", sa.String(), nullable=False),
        sa.Column("takes_en", sa.String(), nullable=False),
        sa.Column("says", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_hotlines_agency_id_agencies")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_hotlines")),
    )
    op.create_table(
        "home",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name_hans", sa.String(), nullable=False),
        sa.Column("name_hant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("within", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home")),
    )
    op.create_table(
        "places",
        sa.Column("name_hans", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_hant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=True),
        sa.Column("home", sa.Boolean(), nullable=False),
        sa.Column("passing", sa.Boolean(), nullable=False),
        sa.Column("says", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("name_hans", name=op.f("pk_places")),
    )
    op.create_table(
        "subjects",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("covers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("named", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("titled", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_subjects")),
    )


def downgrade() -> None:
    for table in ("subjects", "places", "home", "hotlines", "agency_contacts"):
        op.drop_table(table)
    with op.batch_alter_table("agencies") as agencies:
        agencies.drop_column("jurisdiction")
