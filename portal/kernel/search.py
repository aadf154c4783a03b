"""The word table: what is searched, kept with every write, alike on both engines.

`search_word` holds folded words and stems of a record's own texts and of the names of the records it is linked to
(`via_id`). A word that came through a linked record matches only for those who may see that record too. The table is
live only: the past is searched by reading the names of that moment.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.dialects.postgresql import VARCHAR
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base


class SearchWord(Base):
    """One word of one record: `form` says how it was made (`w` as written, `s` stem, `c` country token)."""

    __tablename__ = "search_word"
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    via_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    form: Mapped[str] = mapped_column(String(1), primary_key=True)
    word: Mapped[str] = mapped_column(
        String(64).with_variant(VARCHAR(64, collation="C"), "postgresql"), primary_key=True
    )
    weight: Mapped[int] = mapped_column(Integer, nullable=False)

    __table_args__ = (
        Index("ix_search_word_word", "word", "record_id"),
        Index("ix_search_word_via", "via_id"),
    )
