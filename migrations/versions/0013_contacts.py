"""Contact persons at partners, who was told of their deletion; what people opened last; file marks of records.

Revision 0013, after 0012. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0013_contacts contact contact_notice recently_opened`).
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import drop_history, history_rebuilt, run_script

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0013_contacts.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))
    with history_rebuilt(op, ["record"], "0013 adds file_mark"):
        for table in ("record", "record_history"):
            op.add_column(table, sa.Column("file_mark", sa.String(120)))


def downgrade() -> None:
    """Without contact persons, of whose data nothing may be left behind in history either, without file marks and without what
    people opened."""
    drop_history(op.get_bind(), ("contact",))
    for name in ("recently_opened", "contact_notice", "contact_history", "contact"):
        op.drop_table(name)
    with history_rebuilt(op, ["record"], "0013 taken back"):
        for name in ("record_history", "record"):
            op.execute(f"DELETE FROM {name} WHERE kind = 'contact'")
            op.drop_column(name, "file_mark")
