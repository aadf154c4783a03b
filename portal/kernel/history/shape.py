"""What the generators of triggers and views need to know of a table, from the models or from the database itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, inspect


@dataclass(frozen=True)
class Shape:
    """A versioned table: its name, primary key and columns.

    Columns are in alphabetical order, so that a table gives the same SQL however its columns came to be added.
    """

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]

    @classmethod
    def of_table(cls, table: Table) -> Shape:
        keys = tuple(column.name for column in table.primary_key.columns)
        return cls(table.name, keys, tuple(sorted(column.name for column in table.columns)))

    @classmethod
    def in_database(cls, connection: Connection, name: str) -> Shape | None:
        """The shape of the table as it stands now; None if there is no table or no twin of that name."""
        look = inspect(connection)
        if not (look.has_table(name) and look.has_table(f"{name}_history")):
            return None
        keys = tuple(look.get_pk_constraint(name)["constrained_columns"])
        return cls(name, keys, tuple(sorted(column["name"] for column in look.get_columns(name))))

    @property
    def twin(self) -> str:
        return f"{self.name}_history"

    def listed(self, prefix: str = "") -> str:
        """The columns as a quoted list, each with `prefix`."""
        return ", ".join(f"{prefix}{quoted(column)}" for column in self.columns)

    def same_key(self, prefix: str) -> str:
        """Condition: the key columns equal those of `prefix` (OLD, NEW or an alias)."""
        return " AND ".join(f"{quoted(key)} = {prefix}.{quoted(key)}" for key in self.keys)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
