"""The word table: what is searched, kept with every write, alike on both engines.

`search_word` holds folded words and stems of a record's own texts and of the names of the records it is linked to
(`via_id`), and of those that were merged into it. A word that came through another record matches only for those who may see
that record too, today. The table is live only: the past is searched by reading the names of that moment (`matching_names`).
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, ForeignKey, Index, Integer, Select, String, and_, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import VARCHAR
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql import false, union_all

from portal.kernel.asof import PastSession
from portal.kernel.db import Base
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.kernel.standing import MERGED, in_force
from portal.kernel.words import EXACT, NAME, PREFIX, STEM, Term, prefix_bounds, query_words, rank, words


class SearchWord(Base):
    """One word of one record: `form` says how it was made (`w` as written, `s` stem, `c` country token, `a` sum of money)."""

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
        {"info": {"derived": True}},
    )


def hits(actor: Actor, text: str) -> Select | None:
    """SELECT record_id, score of the records that meet every word of `text`; None where it holds no word.

    Words that came through a record the actor may not see are as if they were not there.
    """
    terms = query_words(text)
    if not terms:
        return None
    found = union_all(*(_one(actor, term, place) for place, term in enumerate(terms))).subquery("found")
    return (
        select(found.c.record_id, func.sum(found.c.best).label("score"))
        .group_by(found.c.record_id)
        .having(func.count() == len(terms))
    )


def matching(s: Session, actor: Actor, text: str, record_id) -> ColumnElement[bool]:
    """SQL predicate: the record in column `record_id` meets `text` (nothing does where it holds no word).

    In a past session the names of that moment are searched instead of the word table, which knows only the present.
    """
    if isinstance(s, PastSession):
        return record_id.in_(sorted(matching_names(s, actor, text)))
    ranked = hits(actor, text)
    if ranked is None:
        return false()
    return record_id.in_(select(ranked.subquery().c.record_id))


def matching_names(s: Session, actor: Actor, text: str) -> dict[int, int]:
    """{record id: score} by names only, computed in memory: for a past moment, which has no word table."""
    terms = query_words(text)
    scored = {}
    for record_id, name_cs, name_en in s.execute(
        select(Record.id, Record.name_cs, Record.name_en).where(visible_to(actor))
    ):
        stored = [(w, NAME) for w in words(name_cs, "cs")] + [(w, NAME) for w in words(name_en, "en")]
        points = rank(terms, stored)
        if points:
            scored[record_id] = points
    return scored


def _one(actor: Actor, term: Term, place: int) -> Select:
    """The best hit of each record for one term."""
    word, form = SearchWord.word, SearchWord.form
    exact = and_(form == "w", word == term.text)
    ways = [exact]
    if term.stems:
        ways.append(and_(form == "s", word.in_(sorted(term.stems))))
    if term.country:
        ways.append(and_(form == "c", word == term.country))
    if term.amount:
        ways.append(and_(form == "a", word == term.amount))
    if term.prefix:
        low, high = prefix_bounds(term.text)
        ways.append(and_(form == "w", word >= low, word < high))
    grade = case((or_(exact, form.in_(("a", "c"))), EXACT), (form == "s", STEM), else_=PREFIX)
    merged = select(Record.__table__.c.id).where(Record.__table__.c.standing == MERGED)
    through = and_(open_to(actor, SearchWord.via_id), or_(in_force(SearchWord.via_id), SearchWord.via_id.in_(merged)))
    return (
        select(
            SearchWord.record_id.label("record_id"),
            literal(place).label("term"),
            func.max(SearchWord.weight * grade).label("best"),
        )
        .where(or_(*ways), visible_to(actor, SearchWord.record_id), through)
        .group_by(SearchWord.record_id)
    )
