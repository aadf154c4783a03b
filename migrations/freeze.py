"""Writes the frozen SQL of a migration that adds tables: tables, indexes, triggers and views as the models are at that moment.

    python migrations/freeze.py 0001_core                            every table
    python migrations/freeze.py 0002_events event follow_up          these, with their history

Only for a migration that has not reached anybody yet; afterwards the files stay as they are and changes get a migration
of their own.
"""

import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal import load_models  # noqa: E402
from portal.kernel.history import frozen_sql  # noqa: E402
from portal.kernel.history.installation import SEPARATOR  # noqa: E402
from portal.kernel.history.twins import history_name  # noqa: E402


def script(metadata: sa.MetaData, dialect: sa.Dialect, names: list[str] | None) -> str:
    """The CREATE statements in the order of their references, then history."""
    wanted = None if names is None else {*names, *map(history_name, names)}
    statements = []
    tables = sa.schema.sort_tables_and_constraints(metadata.tables.values())
    for table, _constraints in tables:
        if table is None or (wanted is not None and table.name not in wanted):
            continue
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        statements += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda i: i.name)
        ]
    return SEPARATOR.join(statements) + SEPARATOR + frozen_sql(metadata, dialect, names)


if __name__ == "__main__":
    found = load_models()
    for engine, dialect in (("sqlite", sqlite.dialect()), ("postgresql", postgresql.dialect())):
        target = Path(__file__).parent / "versions" / f"{sys.argv[1]}.{engine}.sql"
        target.write_text(script(found, dialect, sys.argv[2:] or None), encoding="utf-8")
