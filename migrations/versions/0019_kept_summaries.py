"""What is derived and kept by triggers: which records are out of force, and which ones were touched since the summaries of
figures were kept. The tables of those summaries. Indexes of what the home page asks.

Revision 0019, after 0018. A later migration that rebuilds one of `TOUCHED` on SQLite loses its triggers with the old table
and must make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OUT = "('withdrawn', 'merged')"
ALONE = "('framework', 'project', 'organisation')"
PLACES = "('project', 'framework', 'organisation', 'document')"
OWN = (
    "NEW.certainty <> OLD.certainty OR NEW.placeholder <> OLD.placeholder"
    " OR coalesce(NEW.responsible_id, 0) <> coalesce(OLD.responsible_id, 0)"
)
EVENTS = ("insert", "update", "delete")
NEW, OLD = ("insert", "update"), ("update", "delete")


def _is_out(record_id: str) -> str:
    """SQL predicate: a record is out of force by itself, or goes with what is."""
    return f"""EXISTS (SELECT 1 FROM public.record AS r WHERE r.id = {record_id} AND (r.standing IN {OUT} OR r.kind NOT IN {ALONE}
 AND EXISTS (SELECT 1 FROM public.record_cover AS c JOIN public.record_out AS o ON o.record_id = c.cover_id
 WHERE c.record_id = r.id)))"""


def _out(record_id: str) -> str:
    """Statements that keep whether a record is out of force. What goes with it follows by the triggers of `record_out`."""
    return f"""INSERT INTO public.record_out (record_id) SELECT {record_id} WHERE {_is_out(record_id)} ON CONFLICT DO NOTHING;
 DELETE FROM public.record_out WHERE record_id = {record_id} AND NOT {_is_out(record_id)};"""


def _mark(record_id: str, where: str = "true") -> str:
    return f"INSERT INTO public.figure_mark (record_id) SELECT {record_id} WHERE {where};"


TOUCHED = {
    # table: [(events, statements)]
    "flow": [
        (NEW, _mark("NEW.id")),
        (NEW, _mark("NEW.supersedes_id", "NEW.supersedes_id IS NOT NULL")),
        (OLD, _mark("OLD.booked_id")),
        (OLD, _mark("OLD.supersedes_id", "OLD.supersedes_id IS NOT NULL")),
    ],
    "project": [
        (NEW, _mark("NEW.id")),
        (NEW, _mark("NEW.umbrella_id", "NEW.umbrella_id IS NOT NULL")),
        (OLD, _mark("OLD.umbrella_id", "OLD.umbrella_id IS NOT NULL")),
    ],
    "record": [
        (("insert",), _mark("NEW.id", f"NEW.kind IN {PLACES}")),
        (("update",), _mark("NEW.id", OWN)),
        (("delete",), _mark("OLD.id")),
        (NEW, _out("NEW.id")),
        (("delete",), "DELETE FROM public.record_out WHERE record_id = OLD.id;"),
    ],
    "statement": [
        (NEW, _mark("NEW.record_id", "NEW.field = 'status'")),
        (OLD, _mark("OLD.record_id", "OLD.field = 'status'")),
    ],
    "record_veil": [
        (NEW, _mark("NEW.record_id")),
        (OLD, _mark("OLD.record_id")),
    ],
    "record_cover": [
        (
            NEW,
            f"""INSERT INTO public.record_out (record_id) SELECT NEW.record_id
 WHERE EXISTS (SELECT 1 FROM public.record_out AS o WHERE o.record_id = NEW.cover_id)
 AND EXISTS (SELECT 1 FROM public.record AS r WHERE r.id = NEW.record_id AND r.kind NOT IN {ALONE}) ON CONFLICT DO NOTHING;""",
        ),
        (OLD, f"DELETE FROM public.record_out WHERE record_id = OLD.record_id AND NOT {_is_out('OLD.record_id')};"),
    ],
    "record_out": [
        (NEW, _mark("NEW.record_id")),
        (OLD, _mark("OLD.record_id")),
        (
            NEW,
            f"""INSERT INTO public.record_out (record_id) SELECT c.record_id FROM public.record_cover AS c
 JOIN public.record AS r ON r.id = c.record_id WHERE c.cover_id = NEW.record_id AND r.kind NOT IN {ALONE}
 ON CONFLICT DO NOTHING;""",
        ),
        (
            OLD,
            f"""DELETE FROM public.record_out WHERE record_id IN
 (SELECT c.record_id FROM public.record_cover AS c WHERE c.cover_id = OLD.record_id)
 AND NOT {_is_out("record_out.record_id")};""",
        ),
    ],
}  # fmt: skip
OUT_OF_FORCE = """WITH RECURSIVE out_of_force(id) AS (
 SELECT record.id FROM {records} AS record WHERE record.standing IN ('withdrawn', 'merged')
 UNION
 SELECT record_cover.record_id FROM record_cover JOIN out_of_force ON out_of_force.id = record_cover.cover_id
 JOIN {records} AS record ON record.id = record_cover.record_id
 WHERE record.kind NOT IN ('framework', 'project', 'organisation')
) SELECT out_of_force.id FROM out_of_force"""
THEN = """(SELECT id, kind, standing FROM public.record_history WHERE change_from <= current_setting('portal.asof')::integer
 AND (change_to IS NULL OR change_to > current_setting('portal.asof')::integer))"""
INDEXES = {
    "ix_event_held_to": ("event", ["held_to"], None),
    "ix_status_update_written_on": ("status_update", ["written_on"], None),
    "ix_project_framework_reported": ("project", ["framework_id", "reported_on"], None),
    "ix_statement_beside": (
        "statement",
        ["record_id", "field"],
        {"sqlite": '"leading" = 0', "postgresql": 'NOT "leading"'},
    ),
}


def _written(table: str, event: str) -> str:
    """What a trigger of a table writes on an event."""
    return "\n ".join(text for events, text in TOUCHED[table] if event in events)


def triggers(engine: str) -> list[str]:
    """The statements that create the triggers."""
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER kept_{table}_{event} AFTER {event.upper()} ON {table} BEGIN\n {_written(table, event)}\nEND".replace(
                "public.", ""
            )
            for table in TOUCHED
            for event in EVENTS
        ]
    made = []
    for table in TOUCHED:
        body = "\n".join(f"IF TG_OP = '{event.upper()}' THEN\n {_written(table, event)}\nEND IF;" for event in EVENTS)
        made += [
            f"CREATE FUNCTION public.kept_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body$\nBEGIN\n{body}\nRETURN NULL;\nEND\n$body$",
            f"CREATE TRIGGER kept_{table} AFTER INSERT OR UPDATE OR DELETE ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION public.kept_{table}()",
        ]
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
        sa.PrimaryKeyConstraint("id", name="pk_figure_mark"),
    )
    op.create_table(
        "record_out",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_record_out"),
    )
    connection.exec_driver_sql("INSERT INTO record_out (record_id) " + OUT_OF_FORCE.format(records="record"))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE VIEW asof.record_out (record_id) AS {OUT_OF_FORCE.format(records=THEN)}")
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
            for event in EVENTS:
                op.execute(f"DROP TRIGGER kept_{table}_{event}")
        else:
            op.execute(f"DROP TRIGGER kept_{table} ON public.{table}")
            op.execute(f"DROP FUNCTION public.kept_{table}()")
    if connection.dialect.name == "postgresql":
        op.execute("DROP VIEW asof.record_out")
    for table in ("record_out", "figure_mark", "figure_part"):
        op.drop_table(table)
