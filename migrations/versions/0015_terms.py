"""Flows supersede flows.

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SUPERSEDES = "ALTER TABLE flow ADD COLUMN supersedes_id INTEGER CONSTRAINT fk_flow_supersedes_id REFERENCES flow (id)"
INDEXES = {"flow": ["supersedes_id"], "flow_history": ["supersedes_id", "change_from", "change_to"]}
NAMES = {"flow": "ix_flow_supersedes_id", "flow_history": "ix_flow_supersedes_id_history"}


def upgrade() -> None:
    with history_rebuilt(op, ["flow"], "0015 lets flows supersede flows"):
        op.execute(SUPERSEDES)  # not by add_column: alembic adds the reference apart, which SQLite cannot
        op.add_column("flow_history", sa.Column("supersedes_id", sa.Integer))
        for table, columns in INDEXES.items():
            op.create_index(NAMES[table], table, columns)


def downgrade() -> None:
    """Without superseding. Refused while a flow supersedes another: both would count."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM flow WHERE supersedes_id IS NOT NULL")):
        raise RuntimeError(
            "Flows supersede others. Withdraw the superseded ones, and clear the links, before going back."
        )
    with history_rebuilt(op, ["flow"], "0015 taken back"):
        for table in INDEXES:
            op.drop_index(NAMES[table], table)
            op.execute(f"ALTER TABLE {table} DROP COLUMN supersedes_id")
