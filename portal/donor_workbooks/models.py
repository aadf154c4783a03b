"""Tables of donors' workbooks: the workbook, its files by year, their bytes, which cell gets which value, what is let go."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Versioned
from portal.kernel.record import Record
from portal.kernel.transaction import Change


class DonorWorkbook(Versioned, Base):
    """A form that a recipient of reports asks for. `kinds`: codes of the kinds of report it serves, separated by spaces ("":
    all); `recipient_id` None: any recipient. `withdrawn`: why it is not used any more, "" as long as it is."""

    __tablename__ = "donor_workbook"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    name_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kinds: Mapped[str] = mapped_column(Text, nullable=False, default="")
    note: Mapped[str] = mapped_column(Text, nullable=False, default="")
    withdrawn: Mapped[str] = mapped_column(Text, nullable=False, default="")
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    recipient: Mapped[Record | None] = relationship("Organisation", foreign_keys=[recipient_id])
    files: Mapped[list[DonorFile]] = relationship(back_populates="workbook", order_by="DonorFile.number.desc()")
    __mapper_args__ = {"version_id_col": version}

    def name(self, lang: str) -> str:
        """Its name in `lang`, else in the other language."""
        pair = (self.name_cs, self.name_en) if lang == "cs" else (self.name_en, self.name_cs)
        return pair[0] or pair[1]

    @property
    def kind_codes(self) -> list[str]:
        return self.kinds.split()


class DonorFile(Versioned, Base):
    """One file of a workbook, by number from 1, as the recipient published it: for reports on periods from `valid_from` to
    `valid_to` (None: not said). `digest`: the SHA-256 of its bytes. `change_id`: who uploaded it and when."""

    __tablename__ = "donor_file"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workbook_id: Mapped[int] = mapped_column(ForeignKey("donor_workbook.id"), nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    digest: Mapped[str] = mapped_column(ForeignKey("donor_file_bytes.digest"), nullable=False, index=True)
    valid_from: Mapped[date] = mapped_column(Date, nullable=False)
    valid_to: Mapped[date | None] = mapped_column(Date)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), nullable=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    workbook: Mapped[DonorWorkbook] = relationship(back_populates="files")
    change: Mapped[Change] = relationship()
    bytes: Mapped[DonorFileBytes] = relationship()
    cells: Mapped[list[DonorCell]] = relationship(
        back_populates="file", order_by="DonorCell.sheet, DonorCell.row, DonorCell.column", cascade="save-update, merge"
    )
    let_go: Mapped[list[DonorLetGo]] = relationship(
        back_populates="file",
        order_by="DonorLetGo.sheet, DonorLetGo.row, DonorLetGo.column",
        cascade="save-update, merge",
    )
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("workbook_id", "number"), CheckConstraint("number > 0", name="number_counts"))

    @property
    def ending(self) -> str:
        """xlsx or xlsm."""
        return "xlsm" if self.file_name.lower().endswith(".xlsm") else "xlsx"


class DonorFileBytes(Base):
    """The bytes of an uploaded file, kept once and never changed, and what stands in it (`filling.looking.Look` as JSON)."""

    __tablename__ = "donor_file_bytes"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    look: Mapped[str] = mapped_column(Text, nullable=False)


class DonorCell(Versioned, Base):
    """A cell of a file that a person mapped: `key` of the catalogue; `last` the last of repeated rows, of which it is the first.
    `language` of texts; `text_limit` counted by `counting`; `otherwise`: what is written where nothing applies
    (`rules.mapping.OTHERWISE`). `label`: what stood beside it when it was mapped."""

    __tablename__ = "donor_cell"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("donor_file.id"), nullable=False)
    sheet: Mapped[str] = mapped_column(String(64), nullable=False)
    row: Mapped[int] = mapped_column(Integer, nullable=False)
    column: Mapped[int] = mapped_column(Integer, nullable=False)
    last: Mapped[int | None] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(80), nullable=False)
    language: Mapped[str] = mapped_column(String(2), nullable=False)
    text_limit: Mapped[int | None] = mapped_column(Integer)
    counting: Mapped[str] = mapped_column(String(16), nullable=False, default="excel")
    otherwise: Mapped[str] = mapped_column(String(16), nullable=False, default="leave")
    label: Mapped[str] = mapped_column(Text, nullable=False, default="")
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    file: Mapped[DonorFile] = relationship(back_populates="cells")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("file_id", "sheet", "row", "column"),)


class DonorLetGo(Versioned, Base):
    """A value that the file does not ask for any more, as a person said: of the file before it was mapped to `sheet`, `row`,
    `column`, where its `label` stood. Part of the mapping of the file; it has no cell."""

    __tablename__ = "donor_let_go"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("donor_file.id"), nullable=False)
    sheet: Mapped[str] = mapped_column(String(64), nullable=False)
    row: Mapped[int] = mapped_column(Integer, nullable=False)
    column: Mapped[int] = mapped_column(Integer, nullable=False)
    key: Mapped[str] = mapped_column(String(80), nullable=False)
    label: Mapped[str] = mapped_column(Text, nullable=False, default="")

    file: Mapped[DonorFile] = relationship(back_populates="let_go")
    __table_args__ = (UniqueConstraint("file_id", "sheet", "row", "column"),)
