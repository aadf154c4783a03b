"""Workbooks of donors: their files with the bytes, and the cells that are mapped.

Revision 0025, after 0024. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0025_donor_workbooks donor_workbook donor_file_bytes donor_file donor_cell`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = ("donor_cell", "donor_file", "donor_workbook")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0025_donor_workbooks.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without these tables. Their rows and their history are lost."""
    drop_history(op.get_bind(), TABLES)
    for name in TABLES:
        op.drop_table(f"{name}_history")
        op.drop_table(name)
    op.drop_table("donor_file_bytes")
