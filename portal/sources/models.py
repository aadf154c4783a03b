"""Tables of documents, statements and citations."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Versioned
from portal.kernel.record import Record, WhenAttribute, record_key, when_columns

ORIGINS = ("ministry", "public")
PRECISIONS = (
    "exact", "day", "month", "year", "interval", "rounded", "estimated", "derived", "inferred", "ambiguous", "not_stated",
)  # fmt: skip


class Document(Record):
    """A source: a document of the ministry, or a public page. Names are its title."""

    __tablename__ = "document"
    id: Mapped[int] = record_key()
    origin: Mapped[str] = mapped_column(String(16), nullable=False, default="public")
    address: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(200))
    publisher: Mapped[str] = mapped_column(Text, nullable=False, default="")
    language: Mapped[str | None] = mapped_column(String(3))
    dated_edtf, dated_from, dated_to = when_columns()
    dated = WhenAttribute()
    retrieved_edtf, retrieved_from, retrieved_to = when_columns()
    retrieved = WhenAttribute()
    body: Mapped[str] = mapped_column(Text, nullable=False, default="")

    __mapper_args__ = {"polymorphic_identity": "document"}
    __table_args__ = (Index("ix_document_address", "address"),)


class Statement(Versioned, Base):
    """What somebody states of one field of one record. `value` None: the source was read and does not say.

    `value` is canonical text: EDTF for dates, `EUR 60000000` (minor units) for money, a code, a record id as `#12`,
    `true`/`false`, or plain text; `value_cs`/`value_en` hold wording that is shown to people.
    """

    __tablename__ = "statement"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), nullable=False)
    field: Mapped[str] = mapped_column(String(48), nullable=False)
    value: Mapped[str | None] = mapped_column(Text)
    value_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    value_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    precision: Mapped[str] = mapped_column(String(16), nullable=False, default="exact")
    precision_note_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    precision_note_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    certainty: Mapped[str] = mapped_column(String(16), nullable=False, default="uncited")
    leading: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False, default="")
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    record: Mapped[Record] = relationship()
    citations: Mapped[list[Citation]] = relationship(back_populates="statement", order_by="Citation.id")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_statement_record_field", "record_id", "field", "position"),
        Index(
            "ix_statement_beside", "record_id", "field",
            sqlite_where=text('"leading" = 0'), postgresql_where=text('NOT "leading"'),
        ),
        Index(
            "uq_statement_leading", "record_id", "field", unique=True,
            sqlite_where=text('"leading"'), postgresql_where=text('"leading"'),
        ),
    )  # fmt: skip

    def precision_note(self, lang: str) -> str:
        """What the source says of its own precision, in `lang` or in the other language."""
        pair = (self.precision_note_cs, self.precision_note_en)
        return pair[lang != "cs"] or pair[lang == "cs"]


class Citation(Versioned, Base):
    """Where a statement is written: document, place in it, quotation. `verbatim` False: noted by hand, not a checked copy."""

    __tablename__ = "citation"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statement.id", ondelete="CASCADE"), nullable=False, index=True
    )
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), nullable=False, index=True)
    place: Mapped[str] = mapped_column(Text, nullable=False, default="")
    quotation: Mapped[str] = mapped_column(Text, nullable=False, default="")
    quotation_lang: Mapped[str | None] = mapped_column(String(3))
    verbatim: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    statement: Mapped[Statement] = relationship(back_populates="citations")
    document: Mapped[Document] = relationship()
    __mapper_args__ = {"version_id_col": version}
