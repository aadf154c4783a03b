"""Events, their follow-ups, the people in public office who take part in them; the phases of a programme.

Revision 0002, after 0001. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0002_events event follow_up role_holder phase`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("follow_up", "event", "role_holder", "phase")


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0002_events.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Without these tables. Their rows and their history are lost."""
    drop_history(op.get_bind(), TABLES)
    for name in TABLES:
        op.drop_table(f"{name}_history")
        op.drop_table(name)
