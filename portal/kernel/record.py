"""The record: everything in the portfolio that one can cite, search, or be refused.

Documents, organisations, countries, frameworks, projects, instruments, contracts, flows, participations, links and status
updates share one base table `record` (joined inheritance). What hangs on "any record" (statements, citations, words,
readers, later tasks and comments) needs one foreign key and one rule of visibility.

Three live tables stand beside it and are never shadowed by a past moment, because rights are today's:

* `record_cover` – which records a record lies under (a flow under the project it is booked at, its provider, …);
* `record_veil`  – derived: the confidential records a record is hidden by, its own id included;
* `record_reader` – the people named for a confidential record.

`record_out` – derived: what is withdrawn or merged, and all that went with it – is kept by triggers, and for a past moment read
from the records of then.

Covers and veils outlive a record that is taken away: pages of the past ask by them who may see it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, overload

from sqlalchemy import Boolean, ColumnElement, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from portal.kernel.db import Base, Versioned
from portal.kernel.money import Money
from portal.kernel.text import czech_key, english_key
from portal.kernel.when import When

CERTAINTIES = ("document", "public", "unsure", "uncited")
"""How sure a record or statement is: by a ministry document, by a public source, inferred or doubtful, without a source."""


def when_columns() -> tuple:
    """Three columns of one date with precision: EDTF text, earliest day, latest day (both None where open)."""
    return mapped_column(String(64)), mapped_column(Date), mapped_column(Date)


def may_fall_into(earliest, latest, stated, years: tuple[int, int]) -> ColumnElement[bool]:
    """SQL predicate: a date, or a time from `earliest` to `latest`, may fall into the years from the first to the last one.

    An end that is not known (NULL) is open; where `stated` is NULL nothing is known and nothing falls anywhere.
    """
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    return and_(stated.is_not(None), or_(earliest.is_(None), earliest <= last), or_(latest.is_(None), latest >= first))


class WhenAttribute:
    """Reads and writes the three columns of `when_columns` as one `When` (None = not stated)."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type | None = None) -> WhenAttribute: ...
    @overload
    def __get__(self, row: object, owner: type | None = None) -> When | None: ...
    def __get__(self, row, owner=None):
        if row is None:
            return self
        edtf = getattr(row, f"{self.name}_edtf")
        return When(edtf) if edtf else None

    def __set__(self, row, value: When | None) -> None:
        setattr(row, f"{self.name}_edtf", value.edtf if value else None)
        setattr(row, f"{self.name}_from", value.earliest if value else None)
        setattr(row, f"{self.name}_to", value.latest if value else None)


class MoneyAttribute:
    """Reads and writes `<name>_minor` and `<name>_currency` as one `Money` (None = not stated, which is not zero)."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type | None = None) -> MoneyAttribute: ...
    @overload
    def __get__(self, row: object, owner: type | None = None) -> Money | None: ...
    def __get__(self, row, owner=None):
        if row is None:
            return self
        minor = getattr(row, f"{self.name}_minor")
        return None if minor is None else Money(minor, getattr(row, f"{self.name}_currency"))

    def __set__(self, row, value: Money | None) -> None:
        setattr(row, f"{self.name}_minor", value.minor if value else None)
        setattr(row, f"{self.name}_currency", value.currency if value else None)


class Record(Versioned, Base):
    """One citable thing. `key` is a stable name given by the seed or an import; `version` counts its changes.
    `reference`: the number of a document in the record office, `file_mark`: that of the file it lies in. `standing`: NULL while
    in force, else as `portal.kernel.standing` says, with the reason; `merged_into_id`: the record that stands for this one
    since."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), nullable=False)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    name_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    name_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    order_cs: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, default=b"", info={"follows": "name"})
    order_en: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, default=b"", info={"follows": "name"})
    note_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    note_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    placeholder: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    certainty: Mapped[str] = mapped_column(String(16), nullable=False, default="uncited")
    confidential: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reference: Mapped[str | None] = mapped_column(String(120))
    file_mark: Mapped[str | None] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(Integer, nullable=False)
    standing: Mapped[str | None] = mapped_column(String(16))
    standing_reason: Mapped[str | None] = mapped_column(Text)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))

    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": version}
    __table_args__ = (
        Index("ix_record_kind_order_cs", "kind", "order_cs", "id"),
        Index("ix_record_kind_order_en", "kind", "order_en", "id"),
        Index("ix_record_responsible", "responsible_id"),
        Index("ix_record_standing", "standing"),
        Index("ix_record_merged_into", "merged_into_id"),
    )

    private = False
    """Whether the record is of a person of no public office: what leaves by e-mail does not name it."""

    @property
    def forgotten(self) -> bool:
        """Whether what was personal in it is deleted for good: nothing more is said of it. Overridden by kinds that forget."""
        return False

    def name(self, lang: str) -> str:
        """The name in `lang`, or in the other language where there is none (templates mark the fallback)."""
        return (self.name_cs or self.name_en) if lang == "cs" else (self.name_en or self.name_cs)

    def rename(self, name_cs: str, name_en: str) -> None:
        """Set both names and their stored sort keys together; a missing name sorts by the other."""
        self.name_cs, self.name_en = name_cs, name_en
        self.order_cs = czech_key(name_cs or name_en)
        self.order_en = english_key(name_en or name_cs)

    def covers(self) -> set[int]:
        """Ids of the records this one lies under and is hidden with. Overridden by each kind."""
        return set()

    def framework_ids(self) -> set[int]:
        """Ids of the frameworks in which this record is written. Overridden by each kind that stands in one."""
        return set()


def record_key() -> Mapped[int]:
    """The primary key of a kind's own table: the id of its base row."""
    return mapped_column(Integer, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)


class RecordCover(Base):
    """`record_id` lies under `cover_id`: whoever may not see the cover may not see the record."""

    __tablename__ = "record_cover"
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cover_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class RecordVeil(Base):
    """Derived: `record_id` is hidden from everybody not named for the confidential record `veil_id`."""

    __tablename__ = "record_veil"
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    veil_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class VeilTurn(Base):
    """Derived: one row, and how often `record_veil` was written to. Triggers count (migration 0021). What was computed for what
    is open to everybody, and noted this number before, holds as long as the number does."""

    __tablename__ = "veil_turn"
    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)

    __table_args__ = {"info": {"derived": True}}


class RecordOut(Base):
    """Derived: `record_id` is withdrawn or merged, or lies under what is and goes with it (`portal.kernel.standing`). Triggers
    keep it (migration 0019)."""

    __tablename__ = "record_out"
    record_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)

    __table_args__ = {"info": {"derived": True}}


class RecordReader(Base):
    """A person named for a confidential record."""

    __tablename__ = "record_reader"
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[date | None] = mapped_column(Date)


def to_own_kind(column: Callable[[], InstrumentedAttribute]) -> dict[str, Any]:
    """Arguments of a relationship from a kind of record to the same kind (the umbrella of a project) by `column`.

    It joins the base table: what the Session holds already is found by its id, and an empty reference asks nothing.
    """
    base = Record.__table__.c.id
    return {"primaryjoin": lambda: column() == base, "remote_side": lambda: base}
