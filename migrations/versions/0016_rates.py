"""Monthly exchange rates, the files they came from, and the file somebody is looking through before it is loaded.

Revision 0016, after 0015. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0016_rates rate_import monthly_rate rate_draft`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0016_rates.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without the rates. The changes that loaded them stay: history is never cut."""
    drop_history(op.get_bind(), ("monthly_rate", "rate_import"))
    for name in ("rate_draft", "monthly_rate_history", "monthly_rate", "rate_import_history", "rate_import"):
        op.drop_table(name)
