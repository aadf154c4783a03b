"""Reporting obligations and the reports they make due.

Revision 0023, after 0022. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0023_obligations obligation due_report report_notice`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("due_report", "obligation")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0023_obligations.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without these tables. Their rows and their history are lost."""
    op.drop_table("report_notice")
    drop_history(op.get_bind(), TABLES)
    for name in TABLES:
        op.drop_table(f"{name}_history")
        op.drop_table(name)
