"""Saved views, and which of them a person starts with. Account data, not versioned.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.String(27) if op.get_bind().dialect.name == "sqlite" else sa.DateTime(timezone=True)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_saved_view_owner_id", ondelete="CASCADE"),
        sa.UniqueConstraint("owner_id", "name", name="uq_saved_view_owner_id_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "starting_view",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(40), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "page", name="pk_starting_view"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_starting_view_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["view_id"], ["saved_view.id"], name="fk_starting_view_view_id", ondelete="CASCADE"),
    )
    op.create_index("ix_starting_view_view_id", "starting_view", ["view_id"])


def downgrade() -> None:
    op.drop_table("starting_view")
    op.drop_table("saved_view")
