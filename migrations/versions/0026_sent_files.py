"""The register of what was sent. Its rows are neither changed nor deleted; the database sees to it.

Revision 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = ("sent_file", "sent_content")


def triggers(engine: str) -> list[str]:
    """The statements that refuse changes."""
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER kept_{table}_{event} BEFORE {event.upper()} ON {table} BEGIN\n"
            f"  SELECT RAISE(ABORT, 'PH004 what was sent stays as it is');\nEND"
            for table in TABLES
            for event in ("update", "delete")
        ]
    made = [
        "CREATE FUNCTION public.what_was_sent_stays() RETURNS trigger LANGUAGE plpgsql AS $body$\nBEGIN\n"
        "  RAISE EXCEPTION USING ERRCODE = 'PH004', MESSAGE = 'what was sent stays as it is';\nEND\n$body$"
    ]
    for table in TABLES:
        made.append(
            f"CREATE TRIGGER kept_{table} BEFORE UPDATE OR DELETE ON public.{table} "
            "FOR EACH ROW EXECUTE FUNCTION public.what_was_sent_stays()"
        )
        made.append(
            f"CREATE TRIGGER kept_{table}_truncate BEFORE TRUNCATE ON public.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION public.what_was_sent_stays()"
        )
    return made


def upgrade() -> None:
    op.create_table(
        "sent_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_report_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer()),
        sa.Column("layout", sa.String(32)),
        sa.Column("layout_version", sa.Integer()),
        sa.Column("language", sa.String(8)),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sent_file"),
        sa.ForeignKeyConstraint(["due_report_id"], ["due_report.id"], name="fk_sent_file_due_report_id"),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="fk_sent_file_change_id"),
        sa.ForeignKeyConstraint(["moment_id"], ["change.id"], name="fk_sent_file_moment_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sent_file_due_report_id", "sent_file", ["due_report_id"])
    op.create_index("ix_sent_file_change_id", "sent_file", ["change_id"])
    op.create_table(
        "sent_content",
        sa.Column("sent_file_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("unseen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sent_file_id", name="pk_sent_content"),
        sa.ForeignKeyConstraint(["sent_file_id"], ["sent_file.id"], name="fk_sent_content_sent_file_id"),
    )
    connection = op.get_bind()
    for statement in triggers(connection.dialect.name):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Without the register. What was sent is lost."""
    op.drop_table("sent_content")
    op.drop_table("sent_file")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION public.what_was_sent_stays()")
