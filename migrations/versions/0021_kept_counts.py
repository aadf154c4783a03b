"""Counts and signs of life are kept, too: what touches them is marked, the last sign at each place has a table, and how often
what is confidential was written anew is counted. Tasks are found by their day.

Revision 0021, after 0020. A later migration that rebuilds one of `TOUCHED` on SQLite loses its triggers with the old table
and must make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

EVENTS = ("insert", "update", "delete")
NEW, OLD = ("insert", "update"), ("update", "delete")


def _mark(record_id: str) -> str:
    return f"INSERT INTO public.figure_mark (record_id) SELECT {record_id} WHERE {record_id} IS NOT NULL;"


TOUCHED = {
    # table: [(events, statements)]
    "framework": [(NEW, _mark("NEW.id"))],
    "status_update": [(NEW, _mark("NEW.of_id")), (OLD, _mark("OLD.of_id"))],
    "event": [(NEW, _mark("NEW.id")), (NEW, _mark("NEW.under_id")), (OLD, _mark("OLD.under_id"))],
    "follow_up": [(NEW, _mark("NEW.id"))],
    "task": [(NEW, _mark("NEW.record_id")), (OLD, _mark("OLD.record_id"))],
    "participation": [(NEW, _mark("NEW.within_id")), (OLD, _mark("OLD.within_id"))],
}
TURN = "UPDATE public.veil_turn SET number = number + 1;"


def _written(table: str) -> dict[str, str]:
    """What the triggers of a table write, by event."""
    texts = {event: "\n ".join(text for events, text in TOUCHED[table] if event in events) for event in EVENTS}
    return {event: text for event, text in texts.items() if text}


def triggers(engine: str) -> list[str]:
    """The statements that create the triggers."""
    made = []
    if engine == "sqlite":
        for table in TOUCHED:
            for event, text in _written(table).items():
                made.append(f"CREATE TRIGGER kept_{table}_{event} AFTER {event.upper()} ON {table} BEGIN\n {text}\nEND")
        for event in EVENTS:
            made.append(
                f"CREATE TRIGGER turn_record_veil_{event} AFTER {event.upper()} ON record_veil BEGIN\n {TURN}\nEND"
            )
        return [text.replace("public.", "") for text in made]
    for table in TOUCHED:
        body = "\n".join(
            f"IF TG_OP = '{event.upper()}' THEN\n {text}\nEND IF;" for event, text in _written(table).items()
        )
        made += [
            _function(f"kept_{table}", body),
            f"CREATE TRIGGER kept_{table} AFTER INSERT OR UPDATE OR DELETE ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION public.kept_{table}()",
        ]
    # Once a statement that wrote a row: thousands of versions of one row in one transaction would be slow.
    made.append(_function("turn_record_veil", f"IF EXISTS (SELECT 1 FROM touched) THEN {TURN} END IF;"))
    for event in EVENTS:
        made.append(
            f"CREATE TRIGGER turn_record_veil_{event} AFTER {event.upper()} ON public.record_veil REFERENCING "
            f"{'OLD' if event == 'delete' else 'NEW'} TABLE AS touched FOR EACH STATEMENT "
            f"EXECUTE FUNCTION public.turn_record_veil()"
        )
    return made


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$\nBEGIN\n{body}\nRETURN NULL;\nEND\n$body$"
    )


def upgrade() -> None:
    connection = op.get_bind()
    op.create_table(
        "figure_sign",
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("ahead", sa.Date()),
        sa.PrimaryKeyConstraint("place_id", name="pk_figure_sign"),
    )
    op.create_table(
        "veil_turn",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_veil_turn"),
    )
    op.execute("INSERT INTO veil_turn (slot, number) VALUES (1, 0)")
    op.create_index("ix_figure_sign_framework_day", "figure_sign", ["framework_id", "day"])
    op.create_index("ix_figure_sign_ahead", "figure_sign", ["ahead"])
    for table, ends in (("task", []), ("task_history", ["change_from", "change_to"])):
        name = "ix_task_state_due" + ("_history" if ends else "")
        op.create_index(name, table, ["state", "due", *ends])
    op.execute("DELETE FROM figure_part")  # of an edition that says less
    for statement in triggers(connection.dialect.name):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TOUCHED:
        if connection.dialect.name == "sqlite":
            for event in _written(table):
                op.execute(f"DROP TRIGGER kept_{table}_{event}")
        else:
            op.execute(f"DROP TRIGGER kept_{table} ON public.{table}")
            op.execute(f"DROP FUNCTION public.kept_{table}()")
    for event in EVENTS:
        on = "" if connection.dialect.name == "sqlite" else " ON public.record_veil"
        op.execute(f"DROP TRIGGER turn_record_veil_{event}{on}")
    if connection.dialect.name == "postgresql":
        op.execute("DROP FUNCTION public.turn_record_veil()")
    for table in ("task_history", "task"):
        op.drop_index("ix_task_state_due" + ("_history" if table.endswith("history") else ""), table)
    op.drop_table("veil_turn")
    op.drop_table("figure_sign")
    op.execute("DELETE FROM figure_part")
