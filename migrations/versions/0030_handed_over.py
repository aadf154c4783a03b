"""A report is handed over for its check; how it was sent where no file of it is registered.

Revision 0030, after 0029. Reports that were sent before keep saying nothing of how: nobody was asked.
"""

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INSTANT = {"sqlite": sa.String(27), "postgresql": sa.DateTime(timezone=True)}
TABLES = ("due_report", "due_report_history")


def upgrade() -> None:
    instant = INSTANT[op.get_bind().dialect.name]
    with history_rebuilt(op, ["due_report"], "0030 hands reports over"):
        for table in TABLES:
            may_lack = table.endswith("_history")
            op.add_column(table, sa.Column("handed_over_at", instant))
            op.add_column(table, sa.Column("sent_how", sa.Text, nullable=may_lack, server_default=""))


def downgrade() -> None:
    """Without either. Refused while a report says how it was sent: nothing else does."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM due_report_history WHERE sent_how <> ''")):
        raise RuntimeError("Reports say how they were sent. They would say so no more.")
    with history_rebuilt(op, ["due_report"], "0030 taken back"):
        for table in TABLES:
            op.drop_column(table, "sent_how")
            op.drop_column(table, "handed_over_at")
