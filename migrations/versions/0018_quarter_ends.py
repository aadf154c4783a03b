"""What figures were at the ends of quarters. Derived from the history, not versioned.

Revision 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.String(27) if op.get_bind().dialect.name == "sqlite" else sa.DateTime(timezone=True)
    op.create_table(
        "quarter_end",
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("figure", sa.String(60), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("veils", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kept_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("quarter", "figure", name="pk_quarter_end"),
    )


def downgrade() -> None:
    op.drop_table("quarter_end")
