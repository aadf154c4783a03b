"""Writes the frozen SQL of a migration: tables with their indexes, triggers and views as the models are at that moment.

    python migrations/freeze.py 0001_core                      every table
    python migrations/freeze.py 0003_legal legal_instrument    new tables alone, each with its history

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
from portal.kernel.history import frozen_sql, triggers_sql  # noqa: E402
from portal.kernel.history.installation import SEPARATOR  # noqa: E402


def script(metadata: sa.MetaData, dialect: sa.Dialect, names: list[str]) -> str:
    """All CREATE statements in the order of their references, then history; of the tables `names` and their twins, if any."""
    statements = []
    wanted = {twin for name in names for twin in (name, f"{name}_history")}
    tables = sa.schema.sort_tables_and_constraints(metadata.tables.values())
    for table, _constraints in tables:
        if table is None or (wanted and table.name not in wanted):
            continue
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        statements += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda i: i.name)
        ]
    if not names:
        return SEPARATOR.join(statements) + SEPARATOR + frozen_sql(metadata, dialect)
    for name in names:
        statements += triggers_sql(metadata.tables[name], dialect)
    return SEPARATOR.join(statements) + "\n"


if __name__ == "__main__":
    found = load_models()
    for engine, dialect in (("sqlite", sqlite.dialect()), ("postgresql", postgresql.dialect())):
        target = Path(__file__).parent / "versions" / f"{sys.argv[1]}.{engine}.sql"
        target.write_text(script(found, dialect, sys.argv[2:]), encoding="utf-8")
