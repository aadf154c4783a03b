"""A small portfolio to try the history on: joined inheritance, cascade, pairs as keys, JSON, bytes, money, instants."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from portal.kernel.db import NAMING, Base, Instant, Versioned
from portal.kernel.history import add_twins, create_history, versioned_tables
from portal.kernel.transaction import Change, ChangeOpen


class ToyBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Thing(Versioned, ToyBase):
    __tablename__ = "thing"
    __table_args__ = (
        sa.CheckConstraint("amount_minor IS NULL OR currency IS NOT NULL", name="amount_has_currency"),
        sa.Index("ix_thing_named", "name", sqlite_where=sa.text("name <> ''")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    code: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    name: Mapped[str] = mapped_column(sa.Text, default="")
    payload: Mapped[dict | None] = mapped_column(sa.JSON)
    amount_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    currency: Mapped[str | None] = mapped_column(sa.CHAR(3))
    version: Mapped[int] = mapped_column()
    notes: Mapped[list[Note]] = relationship(back_populates="thing", passive_deletes=True, order_by="Note.id")

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "thing", "version_id_col": version}


class Plan(Thing):
    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(sa.ForeignKey("thing.id", ondelete="CASCADE"), primary_key=True)
    goal: Mapped[str | None] = mapped_column(sa.Text, index=True)
    starts: Mapped[date | None] = mapped_column()
    ready: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"polymorphic_identity": "plan"}


class Note(Versioned, ToyBase):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    thing_id: Mapped[int] = mapped_column(sa.ForeignKey("thing.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(sa.Text)
    raw: Mapped[bytes | None] = mapped_column()
    weight: Mapped[float | None] = mapped_column()
    stamp: Mapped[datetime | None] = mapped_column(Instant)
    thing: Mapped[Thing] = relationship(back_populates="notes")


class Tag(Versioned, ToyBase):
    """Its key is a pair, which may go and come back."""

    __tablename__ = "tag"
    thing_id: Mapped[int] = mapped_column(sa.ForeignKey("thing.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    order: Mapped[int] = mapped_column(default=0)


class Part(Versioned, ToyBase):
    """A tree: parts under parts of the same table, one of which may be the first under its parent."""

    __tablename__ = "part"
    __table_args__ = (
        sa.Index(
            "uq_part_first",
            "above_id",
            unique=True,
            sqlite_where=sa.text('"first"'),
            postgresql_where=sa.text('"first"'),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    above_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part.id"), index=True)
    name_cs: Mapped[str] = mapped_column(sa.Text, default="")
    name_en: Mapped[str] = mapped_column(sa.Text, default="")
    order_cs: Mapped[str] = mapped_column(sa.Text, default="", info={"follows": "name"})
    cost_minor: Mapped[int | None] = mapped_column(sa.BigInteger)
    cost_currency: Mapped[str | None] = mapped_column(sa.CHAR(3))
    first: Mapped[bool] = mapped_column(default=False)


class Person(ToyBase):
    """Not versioned: always live."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)


add_twins(ToyBase.metadata)
metadata = ToyBase.metadata
TABLES = versioned_tables(metadata)


def create(engine: sa.Engine) -> None:
    """Tables, twins, triggers and the two tables of changes."""
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        Base.metadata.create_all(connection, tables=[Change.__table__, ChangeOpen.__table__])
        metadata.create_all(connection)
        create_history(connection, TABLES)


def contents(s: sa.orm.Session) -> dict[str, list[tuple]]:
    """Everything in the versioned tables, as text and in the order of keys. JSON and floats exactly as stored."""
    found = {}
    exactly = 'quote("{}")' if s.get_bind().dialect.name == "sqlite" else '"{}"::text'
    for table in TABLES:
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        columns = ", ".join(exactly.format(column.name) for column in table.columns)
        rows = s.execute(sa.text(f"SELECT {columns} FROM {table.name} ORDER BY {keys}"))
        found[table.name] = [tuple(row) for row in rows]
    return found


def states(s: sa.orm.Session, table: str, *columns: str) -> list[tuple]:
    """What the twin of `table` holds: the columns named, change_from and change_to, oldest first."""
    past = metadata.tables[f"{table}_history"]
    keys = [column for column in past.primary_key.columns if column.name != "change_from"]
    query = sa.select(*[past.c[name] for name in columns], past.c.change_from, past.c.change_to)
    return [tuple(row) for row in s.execute(query.order_by(*keys, past.c.change_from))]
