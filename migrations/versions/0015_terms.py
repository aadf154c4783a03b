"""Terms of contracts, and flows that supersede flows.

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
TERMS = {
    "eu_share": sa.String(32), "currency": sa.String(3), "rate_regime": sa.String(8), "fixed_rate": sa.String(32),
    "fixed_currency": sa.String(3), "rounding": sa.String(8), "cofinancing": sa.Text,
}  # fmt: skip


def upgrade() -> None:
    with history_rebuilt(op, ["contract", "flow"], "0015 adds terms and superseding"):
        for table in ("contract", "contract_history"):
            for name, kind in TERMS.items():
                op.add_column(table, sa.Column(name, kind))
        op.execute(SUPERSEDES)  # not by add_column: alembic adds the reference apart, which SQLite cannot
        op.add_column("flow_history", sa.Column("supersedes_id", sa.Integer))
        for table, columns in INDEXES.items():
            op.create_index(NAMES[table], table, columns)


def downgrade() -> None:
    """Without superseding and terms. Refused while a flow supersedes another: both would count."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM flow WHERE supersedes_id IS NOT NULL")):
        raise RuntimeError("Flows supersede others. Clear the links before going back.")
    with history_rebuilt(op, ["contract", "flow"], "0015 taken back"):
        for table in INDEXES:
            op.drop_index(NAMES[table], table)
            op.execute(f"ALTER TABLE {table} DROP COLUMN supersedes_id")
        for table in ("contract", "contract_history"):
            for name in TERMS:
                op.drop_column(table, name)
