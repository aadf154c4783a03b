"""Legal and policy instruments with their history.

Revision 0003. The SQL beside this file is frozen per engine (made once by `python migrations/freeze.py 0003_legal
legal_instrument`).
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "legal_instrument"


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0003_legal.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Takes the tables away. Refused once a legal instrument was recorded: its row among all records would lose its kind."""
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT count(*) FROM record_history WHERE kind = :kind"), {"kind": TABLE}):
        raise RuntimeError("legal instruments are recorded; without this migration they could not be read any more")
    drop_history(connection, [TABLE])
    op.drop_table(TABLE)
    op.drop_table(f"{TABLE}_history")
