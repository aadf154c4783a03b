"""Notifications by e-mail: where to, in which way, and what was sent. Account data, not versioned.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = {"sqlite": sa.String(27), "postgresql": sa.DateTime(timezone=True)}


def upgrade() -> None:
    instant = INSTANT[op.get_bind().dialect.name]
    op.create_table(
        "mail_address",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_mail_address"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_address_person_id", ondelete="CASCADE"),
    )
    op.add_column("notification_choice", sa.Column("mail", sa.String(8), nullable=False, server_default="none"))
    op.add_column("notification", sa.Column("mailed_at", instant))
    op.add_column("notification", sa.Column("mail_tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("notification", sa.Column("mail_tried_at", instant))


def downgrade() -> None:
    """Without e-mail. Addresses and choices are lost."""
    for column in ("mail_tried_at", "mail_tries", "mailed_at"):
        op.execute(f"ALTER TABLE notification DROP COLUMN {column}")
    op.execute("ALTER TABLE notification_choice DROP COLUMN mail")
    op.drop_table("mail_address")
