"""Kept summaries of figures: parts, marks, and the triggers that mark what was touched. Indexes of what the home page asks.

Revision 0019, after 0018. A later migration that rebuilds one of `TOUCHED` on SQLite loses its triggers with the old table
and must make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BETWEEN = "('contract', 'addendum', 'instrument', 'role_holder', 'document')"
PLACES = "('project', 'framework', 'organisation', 'document')"
WRITE = "INSERT INTO {schema}figure_mark (record_id, deep) SELECT {id}, {deep} WHERE {when};"
NEW, OLD = ("insert", "update"), ("update", "delete")
TOUCHED = {
    # table: [(events, id to mark, deep, where)]; a mark under OLD is written by updates and deletions, one under NEW by
    # insertions and updates.
    "flow": [
        (NEW, "NEW.id", False, "true"),
        (NEW, "NEW.supersedes_id", False, "NEW.supersedes_id IS NOT NULL"),
        (OLD, "OLD.booked_id", False, "true"),
        (OLD, "OLD.supersedes_id", False, "OLD.supersedes_id IS NOT NULL"),
    ],
    "project": [
        (NEW, "NEW.id", False, "true"),
        (NEW, "NEW.umbrella_id", False, "NEW.umbrella_id IS NOT NULL"),
        (OLD, "OLD.umbrella_id", False, "OLD.umbrella_id IS NOT NULL"),
    ],
    "record": [
        (("insert",), "NEW.id", False, f"NEW.kind IN {PLACES}"),
        (("update",), "NEW.id", False, "NEW.certainty <> OLD.certainty OR NEW.placeholder <> OLD.placeholder"),
        (("update",), "NEW.id", True, "coalesce(NEW.standing, '') <> coalesce(OLD.standing, '')"),
        (("delete",), "OLD.id", False, "true"),
    ],
    "statement": [
        (NEW, "NEW.record_id", False, "NEW.field = 'status'"),
        (OLD, "OLD.record_id", False, "OLD.field = 'status'"),
    ],
    "record_veil": [
        (NEW, "NEW.record_id", False, "true"),
        (OLD, "OLD.record_id", False, "true"),
    ],
    "record_cover": [
        (NEW, "NEW.record_id", True, "(SELECT kind FROM {schema}record WHERE id = NEW.record_id) IN " + BETWEEN),
        (OLD, "OLD.record_id", True, "(SELECT kind FROM {schema}record WHERE id = OLD.record_id) IN " + BETWEEN),
    ],
}  # fmt: skip
INDEXES = {
    "ix_event_held_to": ("event", ["held_to"], None),
    "ix_statement_beside": ("statement", ["record_id", "field"], {"sqlite": '"leading" = 0', "postgresql": 'NOT "leading"'}),
}


def _writes(table: str, event: str, schema: str = "") -> str:
    """What a trigger of a table writes on an event."""
    return " ".join(
        WRITE.format(schema=schema, id=key, deep="true" if deep else "false", when=where.format(schema=schema))
        for events, key, deep, where in TOUCHED[table]
        if event in events
    )


def triggers(engine: str) -> list[str]:
    """The statements that create the triggers."""
    events = ("insert", "update", "delete")
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER figure_mark_{table}_{event} AFTER {event.upper()} ON {table} BEGIN {_writes(table, event)} END"
            for table in TOUCHED
            for event in events
        ]
    made = []
    for table in TOUCHED:
        name = f"figure_mark_{table}"
        body = " ".join(f"IF TG_OP = '{event.upper()}' THEN {_writes(table, event, 'public.')} END IF;" for event in events)
        made.append(
            f"CREATE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} RETURN NULL; END $body$"
        )
        made.append(
            f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION public.{name}()"
        )
    return made


def upgrade() -> None:
    connection = op.get_bind()
    op.create_table(
        "figure_part",
        sa.Column("certainty", sa.String(16), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("certainty", "place_id", name="pk_figure_part"),
    )
    op.create_table(
        "figure_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("deep", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_mark"),
    )
    for statement in triggers(connection.dialect.name):
        connection.exec_driver_sql(statement)
    for name, (table, columns, where) in INDEXES.items():
        chosen = {f"{engine}_where": sa.text(text) for engine, text in (where or {}).items()}
        op.create_index(name, table, columns, **chosen)
        op.create_index(f"{name}_history", f"{table}_history", [*columns, "change_from", "change_to"], **chosen)


def downgrade() -> None:
    connection = op.get_bind()
    for name, (table, _columns, _where) in INDEXES.items():
        op.drop_index(f"{name}_history", f"{table}_history")
        op.drop_index(name, table)
    for table in TOUCHED:
        if connection.dialect.name == "sqlite":
            for event in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER figure_mark_{table}_{event}")
        else:
            op.execute(f"DROP TRIGGER figure_mark_{table} ON public.{table}")
            op.execute(f"DROP FUNCTION public.figure_mark_{table}()")
    op.drop_table("figure_mark")
    op.drop_table("figure_part")
