"""Results: milestones and activities of projects, indicators with their values, risks.

Revision 0010, after 0009. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0010_results milestone activity indicator indicator_value risk`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("indicator_value", "indicator", "milestone", "activity", "risk")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0010_results.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without these tables. Their rows and their history are lost."""
    drop_history(op.get_bind(), TABLES)
    for name in TABLES:
        op.drop_table(f"{name}_history")
        op.drop_table(name)
