"""Comments and tasks with their history, following and notifications.

Revision 0004. The SQL beside this file is frozen per engine.
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("notification_choice", "notification", "follow", "task_history", "task", "comment_history", "comment")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0004_desk.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Everything said on the desk is lost with it; the portfolio stays."""
    drop_history(op.get_bind(), ["task", "comment"])
    for table in TABLES:
        op.drop_table(table)
