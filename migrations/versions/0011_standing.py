"""Records are archived or withdrawn, with a reason.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEXES = {"record": ["standing"], "record_history": ["standing", "change_from", "change_to"]}


def upgrade() -> None:
    with history_rebuilt(op, ["record"], "0011 adds standing"):
        for table in INDEXES:
            op.add_column(table, sa.Column("standing", sa.String(16)))
            op.add_column(table, sa.Column("standing_reason", sa.Text()))
        op.create_index("ix_record_standing", "record", INDEXES["record"])
        op.create_index("ix_record_standing_history", "record_history", INDEXES["record_history"])


def downgrade() -> None:
    """Without the standing of records: withdrawn ones count again."""
    with history_rebuilt(op, ["record"], "0011 taken back"):
        op.drop_index("ix_record_standing_history", "record_history")
        op.drop_index("ix_record_standing", "record")
        for table in INDEXES:
            op.drop_column(table, "standing_reason")
            op.drop_column(table, "standing")
