"""The table of texts of reports."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Versioned


class ReportText(Versioned, Base):
    """A text of a due report, by a code of `rules.KINDS`: the Czech master and the English version. `in_step`: who wrote it as it
    stands said that both say the same."""

    __tablename__ = "report_text"
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    text_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    text_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    in_step: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}
