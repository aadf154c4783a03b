"""Trigger functions, triggers and the permanent views of the past on PostgreSQL.

All names in functions and views are qualified: nobody's search_path may redirect them. No statement holds a percent
sign, which the driver would take for a placeholder. The views of schema `asof` read
the moment from the setting `portal.asof`; they are not temporary, because prepared statements would go on reading the
live table behind a temporary view. They are updatable, so they are only ever read in a READ ONLY transaction.
"""

from __future__ import annotations

from portal.kernel.history.shape import Shape, quoted

TRUNCATE_BODY = """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PH003', MESSAGE = 'TRUNCATE bypasses the history of ' || TG_TABLE_NAME;
END
"""
ROW_TRIGGER = 1 + 4 + 8 + 16
"""pg_trigger.tgtype: for each row, after insert, delete, update."""
TRUNCATE_TRIGGER = 2 + 32
"""pg_trigger.tgtype: for each statement, before truncate."""


def ground() -> list[str]:
    """What all tables share: the schema of the views and the function that refuses TRUNCATE."""
    return [
        "CREATE SCHEMA IF NOT EXISTS asof",
        "CREATE OR REPLACE FUNCTION public.history_truncate_refused() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body${TRUNCATE_BODY}$body$",
    ]


def function_body(shape: Shape) -> str:
    """Source of the row trigger's function, as pg_proc.prosrc keeps it."""
    moved = " OR ".join(f"NEW.{quoted(key)} IS DISTINCT FROM OLD.{quoted(key)}" for key in shape.keys)
    twin = f"public.{quoted(shape.twin)}"

    def end(row: str) -> str:
        its = f"{shape.same_key(row)} AND change_to IS NULL"
        return f"DELETE FROM {twin} WHERE {its} AND change_from = c;\n  UPDATE {twin} SET change_to = c WHERE {its};\n"

    # An insert of a new key also ends an open state of that key, as on SQLite: the generators stay alike.
    return (
        "\nDECLARE c integer := nullif(current_setting('portal.change', true), '')::integer;\n"
        "BEGIN\n"
        "  IF c IS NULL THEN\n"
        "    RAISE EXCEPTION USING ERRCODE = 'PH001', MESSAGE = 'no open change';\n"
        "  END IF;\n"
        "  IF TG_OP = 'DELETE' THEN\n"
        f"  {end('OLD')}"
        "  RETURN NULL;\n"
        "  END IF;\n"
        "  IF TG_OP = 'UPDATE' THEN\n"
        f"    IF {moved} THEN\n"
        "      RAISE EXCEPTION USING ERRCODE = 'PH002', MESSAGE = 'key of ' || TG_TABLE_NAME || ' is immutable';\n"
        "    END IF;\n"
        "  END IF;\n"
        f"  {end('NEW')}"
        f"  INSERT INTO {twin} ({shape.listed()}, change_from, change_to)\n"
        f"    VALUES ({shape.listed('NEW.')}, c, NULL);\n"
        "  RETURN NULL;\n"
        "END\n"
    )


def past_select(shape: Shape) -> str:
    moment = "current_setting('portal.asof')::integer"
    return (
        f"SELECT {shape.listed()} FROM public.{quoted(shape.twin)} "
        f"WHERE change_from <= {moment} AND (change_to IS NULL OR change_to > {moment})"
    )


def row_trigger(name: str) -> str:
    """Name of the row trigger of table `name`, and of its function."""
    return f"{name}_history_write"


def truncate_trigger(name: str) -> str:
    return f"{name}_history_truncate"


def creation(shape: Shape) -> list[str]:
    """Function, row trigger, truncate trigger and view of a table."""
    table, function = f"public.{quoted(shape.name)}", f"public.{quoted(row_trigger(shape.name))}()"
    return [
        f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $body${function_body(shape)}$body$",
        f"CREATE TRIGGER {quoted(row_trigger(shape.name))} AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}",
        f"CREATE TRIGGER {quoted(truncate_trigger(shape.name))} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION public.history_truncate_refused()",
        f"CREATE VIEW asof.{quoted(shape.name)} AS {past_select(shape)}",
    ]


def removal(name: str) -> list[str]:
    """Also right when the table is gone: dropping it took its triggers along."""
    return [
        f"DROP VIEW IF EXISTS asof.{quoted(name)}",
        f"DROP FUNCTION IF EXISTS public.{quoted(row_trigger(name))}() CASCADE",
        f"DO $do$ BEGIN IF to_regclass('public.{quoted(name)}') IS NOT NULL THEN "
        f"DROP TRIGGER IF EXISTS {quoted(truncate_trigger(name))} ON public.{quoted(name)}; END IF; END $do$",
    ]
