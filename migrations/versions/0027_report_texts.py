"""Texts of reports; the explanation of a variation in Czech and English.

Revision 0027, after 0026. What was written of a line before is its Czech master. The SQL beside this file is frozen per engine
(made once by `python migrations/freeze.py 0027_report_texts report_text`).
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import drop_history, history_rebuilt, run_script

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

LINES = ("report_line", "report_line_history")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0027_report_texts.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))
    with history_rebuilt(op, ["report_line"], "0027 explains in both languages"):
        for table in LINES:
            may_lack = table.endswith("_history")
            op.execute(f"ALTER TABLE {table} RENAME COLUMN explanation TO explanation_cs")
            op.add_column(table, sa.Column("explanation_en", sa.Text, nullable=may_lack, server_default=""))
            op.add_column(table, sa.Column("in_step", sa.Boolean, nullable=may_lack, server_default=sa.false()))


def downgrade() -> None:
    """Without texts, and with one explanation of each line: the Czech one, or the English one where there is no other."""
    drop_history(op.get_bind(), ["report_text"])
    op.drop_table("report_text_history")
    op.drop_table("report_text")
    with history_rebuilt(op, ["report_line"], "0027 taken back"):
        for table in LINES:
            op.execute(f"UPDATE {table} SET explanation_cs = explanation_en WHERE explanation_cs = ''")
            op.drop_column(table, "in_step")
            op.drop_column(table, "explanation_en")
            op.execute(f"ALTER TABLE {table} RENAME COLUMN explanation_cs TO explanation")
