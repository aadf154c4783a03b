"""What next year's file of a recipient does not ask for any more, as a person said.

Revision 0029, after 0028. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0029_let_go donor_let_go`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0029_let_go.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    drop_history(op.get_bind(), ["donor_let_go"])
    op.drop_table("donor_let_go_history")
    op.drop_table("donor_let_go")
