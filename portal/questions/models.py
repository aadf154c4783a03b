"""The table of open questions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, record_key


class Question(Record):
    """What the sources leave open of the record `about_id`; its name asks it. `advice`: what to mind until it is settled."""

    __tablename__ = "question"
    id: Mapped[int] = record_key()
    about_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    advice_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    advice_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    state: Mapped[str] = mapped_column(String(8), nullable=False, default="open")
    answer_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    answer_en: Mapped[str] = mapped_column(Text, nullable=False, default="")

    about: Mapped[Record] = relationship(foreign_keys=[about_id])
    __mapper_args__ = {"polymorphic_identity": "question", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.about_id}

    def framework_ids(self) -> set[int]:
        return self.about.framework_ids()
