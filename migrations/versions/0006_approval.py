"""Status updates that are approved before they count.

Revision 0006, after 0005. What was reported before counted at once, so every state of it, of the past too, is approved; no
framework asked for approval.
"""

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("framework", "status_update")
COLUMNS = (
    ("framework", "asks_approval", sa.Boolean, sa.false(), False),
    ("status_update", "approval", sa.String(10), "approved", "approved"),
    ("status_update", "returned_for", sa.Text, "", ""),
)
"""Table, column, type, what the database puts where nothing is given, what states of the past hold."""
BY = "ALTER TABLE status_update ADD COLUMN decided_by_id INTEGER CONSTRAINT fk_status_update_decided_by_id REFERENCES person (id)"


def upgrade() -> None:
    with history_rebuilt(op, TABLES, "0006 lets status updates be approved"):
        for table, name, kind, default, before in COLUMNS:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
            op.add_column(f"{table}_history", sa.Column(name, kind))
            twin = sa.table(f"{table}_history", sa.column(name, kind))
            op.execute(twin.update().values({name: before}))
        op.execute(BY)  # not by add_column: alembic adds the reference apart, which SQLite cannot
        op.add_column("status_update_history", sa.Column("decided_by_id", sa.Integer))


def downgrade() -> None:
    """Without approval. Refused while a report waits: it would count from then on, and nobody approved it."""
    waits = sa.text("SELECT count(*) FROM status_update WHERE approval <> 'approved'")
    if op.get_bind().scalar(waits):
        raise RuntimeError("Reports wait for approval. Decide of them before going back.")
    with history_rebuilt(op, TABLES, "0006 taken back"):
        for table, name in (("framework", "asks_approval"), ("status_update", "approval"),
                            ("status_update", "returned_for"), ("status_update", "decided_by_id")):  # fmt: skip
            for one in (table, f"{table}_history"):
                op.execute(f"ALTER TABLE {one} DROP COLUMN {name}")
