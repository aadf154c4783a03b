"""Covers and veils of a record outlive it: pages of the past ask by them who may see it.

Revision 0009. Neither table is versioned; both are derived from records and lose their foreign keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {"record_cover": ("record_id", "cover_id"), "record_veil": ("record_id", "veil_id")}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_constraint(f"fk_{table}_{column}", type_="foreignkey")


def downgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(sa.text(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM record)"))
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.create_foreign_key(f"fk_{table}_{column}", "record", [column], ["id"], ondelete="CASCADE")
