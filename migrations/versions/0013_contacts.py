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


CONTACTS = "(SELECT id FROM record_history WHERE kind = 'contact')"
TWINS = ("task", "comment", "citation", "statement", "record")
BESIDE = {
    "search_word": ("record_id", "via_id"), "notification": ("record_id",), "follow": ("record_id",),
    "moved_follow": ("from_id", "to_id"), "record_reader": ("record_id",), "record_cover": ("record_id", "cover_id"),
    "record_veil": ("record_id", "veil_id"),
}  # fmt: skip
"""What refers to records without a history of its own, by columns. SQLite does not enforce keys here, so none goes by itself."""


def downgrade() -> None:
    """Without contact persons, of whose data nothing may be left behind in history either, without file marks and without what
    people opened. With the contacts goes what was said and stated of them, and the reasons of the changes that touched them."""
    touched = " UNION ".join(
        f"SELECT {end} FROM {twin} WHERE id IN {CONTACTS}"
        for twin in ("contact_history", "record_history")
        for end in ("change_from", "change_to")
    )
    op.execute(f"UPDATE change SET reason = NULL WHERE reason IS NOT NULL AND id IN ({touched})")
    drop_history(op.get_bind(), ("contact",))
    for name in ("recently_opened", "contact_notice", "contact_history", "contact"):
        op.drop_table(name)
    with history_rebuilt(op, TWINS, "0013 taken back"):
        for name, columns in BESIDE.items():
            op.execute(f"DELETE FROM {name} WHERE {' OR '.join(f'{column} IN {CONTACTS}' for column in columns)}")
        for end in ("", "_history"):
            op.execute(f"DELETE FROM task{end} WHERE record_id IN {CONTACTS}")
            op.execute(f"DELETE FROM comment{end} WHERE record_id IN {CONTACTS}")
            stated = f"(SELECT id FROM statement{end} WHERE record_id IN {CONTACTS})"
            op.execute(f"DELETE FROM citation{end} WHERE statement_id IN {stated}")
            op.execute(f"DELETE FROM statement{end} WHERE record_id IN {CONTACTS}")
        for name in ("record", "record_history"):
            op.execute(f"DELETE FROM {name} WHERE id IN {CONTACTS}")
            op.drop_column(name, "file_mark")
