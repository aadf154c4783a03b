"""Tables of the register. Their rows are never changed nor deleted: the database refuses it (migration 0026)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base
from portal.kernel.transaction import Change
from portal.obligations.models import DueReport


class SentFile(Base):
    """One file of an edition of a report. Who registered it, when, is the change `change_id`. `moment_id`: the change as of which
    the portal made it, with `layout`, its version, language and `choices` (canonical JSON); all empty of a file made elsewhere.
    Of the recipient's own file that was filled, `layout` is `making.template.RECIPIENTS`, its version the number of the file.
    `made_with`: the program and its libraries by name and version, `rates` those used, both JSON. `sha256` is of its bytes."""

    __tablename__ = "sent_file"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id"), nullable=False, index=True)
    edition: Mapped[int] = mapped_column(Integer, nullable=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), nullable=False, index=True)
    moment_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    layout: Mapped[str | None] = mapped_column(String(32))
    layout_version: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str | None] = mapped_column(String(8))
    choices: Mapped[str] = mapped_column(Text, nullable=False, default="")
    made_with: Mapped[str] = mapped_column(Text, nullable=False, default="{}")
    rates: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    sent_on: Mapped[date] = mapped_column(Date, nullable=False)
    recipient: Mapped[str] = mapped_column(Text, nullable=False, default="")
    reference: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    sha256: Mapped[str] = mapped_column(String(64), nullable=False)

    report: Mapped[DueReport] = relationship()
    change: Mapped[Change] = relationship(foreign_keys=[change_id])
    moment: Mapped[Change | None] = relationship(foreign_keys=[moment_id])
    __table_args__ = {"sqlite_autoincrement": True}


class SentContent(Base):
    """The bytes of a file, and of one that the portal made what stands in its cells (`layouts.places.kept`), the records it
    draws on, those hidden from whom it was made for (lists of ids), as JSON; `told`: what was filled into the recipient's own
    file and what was not. By itself, so that no list reads it."""

    __tablename__ = "sent_content"
    sent_file_id: Mapped[int] = mapped_column(ForeignKey("sent_file.id"), primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    cells: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    drawn: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    unseen: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    told: Mapped[str] = mapped_column(Text, nullable=False, default="{}", server_default="{}")
