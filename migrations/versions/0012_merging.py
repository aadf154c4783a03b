"""Records are merged into others, and separated again.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEXES = {"record": ["merged_into_id"], "record_history": ["merged_into_id", "change_from", "change_to"]}
INTO = "ALTER TABLE record ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_record_merged_into_id REFERENCES record (id)"


def upgrade() -> None:
    with history_rebuilt(op, ["record"], "0012 lets records be merged"):
        op.execute(INTO)  # not by add_column: alembic adds the reference apart, which SQLite cannot
        op.add_column("record_history", sa.Column("merged_into_id", sa.Integer))
        op.create_index("ix_record_merged_into", "record", INDEXES["record"])
        op.create_index("ix_record_merged_into_history", "record_history", INDEXES["record_history"])
    op.create_table(
        "moved_follow",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "from_id", name="pk_moved_follow"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_moved_follow_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_id"], ["record.id"], name="fk_moved_follow_from_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["record.id"], name="fk_moved_follow_to_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Without merging. Refused while a record is merged: what was moved could not be told from the rest."""
    merged = sa.text("SELECT count(*) FROM record WHERE merged_into_id IS NOT NULL")
    if op.get_bind().scalar(merged):
        raise RuntimeError("Records are merged into others. Separate them before going back.")
    op.drop_table("moved_follow")
    with history_rebuilt(op, ["record"], "0012 taken back"):
        op.drop_index("ix_record_merged_into_history", "record_history")
        op.drop_index("ix_record_merged_into", "record")
        for table in INDEXES:
            op.execute(f"ALTER TABLE {table} DROP COLUMN merged_into_id")
