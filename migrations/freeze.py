"""Writes the frozen SQL of a first migration: every table, index, trigger and view as the models are at that moment.

    python migrations/freeze.py 0001_core

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


def script(metadata: sa.MetaData, dialect: sa.Dialect) -> str:
    """All CREATE statements in the order of their references, then history."""
    statements = []
    tables = sa.schema.sort_tables_and_constraints(metadata.tables.values())
    for table, _constraints in tables:
        if table is None:
            continue
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        statements += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda i: i.name)
        ]
    return SEPARATOR.join(statements) + SEPARATOR + frozen_sql(metadata, dialect)


if __name__ == "__main__":
    found = load_models()
    for engine, dialect in (("sqlite", sqlite.dialect()), ("postgresql", postgresql.dialect())):
        target = Path(__file__).parent / "versions" / f"{sys.argv[1]}.{engine}.sql"
        target.write_text(script(found, dialect), encoding="utf-8")
