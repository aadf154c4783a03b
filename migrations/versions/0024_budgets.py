"""Budgets of contracts with their lines, expenditure, and what reports say of each line.

Revision 0024, after 0023. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0024_budgets budget budget_line expenditure report_line`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("report_line", "expenditure", "budget_line", "budget")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0024_budgets.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without these tables. Their rows and their history are lost."""
    drop_history(op.get_bind(), TABLES)
    for name in TABLES:
        op.drop_table(f"{name}_history")
        op.drop_table(name)
