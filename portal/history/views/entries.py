"""Changes as pages show them: who, when, what in words, on what it rests, whether it was undone."""

from __future__ import annotations

from types import SimpleNamespace

from flask import url_for
from markupsafe import Markup

from portal.history import beside_wording, queries, subjects, wording
from portal.history.prospect import DOORS
from portal.history.queries import Entry
from portal.web import access, page
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

LATEST, SHORT, FEW = 3, 5, 3
"""How many changes a profile shows; how many lines of each a list of changes does, and how many sources or names."""


def until() -> int | None:
    """The change after which the page stands: nothing later is told there. None in the present."""
    return page.moment().id if page.moment() else None


def told_of(
    s, actor, entries, about: int | None, most: int | None = None, undo: bool = False, untitled: bool = False
) -> list[SimpleNamespace]:
    """Entries of macro page.hist: at, who, what (markup), why; on which documents (places in them, or titles); the names of the
    records alone; which change it undoes, which one undid it, and (`undo`) where it can be undone.

    A change that touched only what the actor may not see is not there; its reason is told only where all of it may be seen.
    `untitled`: the page is about the one thing beside records that is told of.
    """
    entries = [entry for entry in entries if entry.may_be_told]
    nameless = subjects.joined(s, {line.about for entry in entries for line in entry.lines}, until())
    known = subjects.records(s, actor, wording.record_ids(entries, nameless), until())
    undone = queries.undone(s, actor, [entry.change for entry in entries], until())
    undo = undo and access.may_write("change.undo")
    told = []
    for entry in entries:
        lines: list[tuple[int | None, Markup]] = [*wording.lines(entry, known, nameless, about)]
        for thing in entry.beside:
            lines += [(None, text) for text in beside_wording.told(thing, known, most is None, not untitled)]
        shown = lines if most is None else lines[:most]
        rest = _rest(lines, shown, entry)
        url = url_for("history.change", change_id=entry.change.id)
        what = Markup("<br>").join(text for _about, text in shown)
        if rest:
            what += Markup('{}<a href="{}">{}</a>').format(Markup("<br>") if shown else "", url, rest)
        few = None if most is None else FEW
        told.append(
            SimpleNamespace(
                id=entry.change.id, at=entry.change.at, second=wording.to_the_second(entry.change.at),
                who=who_of(entry.change), what=what, why=None if entry.hidden else entry.change.reason,
                door=entry.change.door, lines=[text for _about, text in lines], more=_rest(lines, lines, entry),
                sources=_first(wording.sources(entry, known), few, url), titles=_first(wording.titles(entry, known), FEW, url),
                names=_names(entry, wording.subjects(entry, known, nameless)),
                undoes=entry.change.undoes if entry.change.id in undone.told else None, undone_by=undone.by.get(entry.change.id),
                undo=undo and _may_go_back(entry) and entry.change.id not in undone.now,
            )
        )  # fmt: skip
    return told


def _may_go_back(entry: Entry) -> bool:
    """Whether the change is of those that are undone on a page: what it did beside records is not."""
    return entry.change.door in DOORS and bool(entry.records or not entry.beside)


def _first(sources: list[Markup], most: int | None, url: str) -> list[Markup]:
    """The first of the sources, and how many more the page of the change has."""
    shown = sources if most is None else sources[:most]
    number = len(sources) - len(shown)
    if not number:
        return shown
    words = ngettext("and %(num)s more source", "and %(num)s more sources", number)
    return [*shown, Markup('<a href="{}">{}</a>').format(url, words)]


def _names(entry: Entry, records: list[Markup]) -> Markup:
    """The first records a change touched, what it touched beside them, and how many more there are."""
    names = [*records, *(beside_wording.title(thing, link=False) for thing in entry.beside)]
    shown = names[:FEW]
    number = entry.records + len(entry.beside) - len(shown)
    rest = ngettext("and %(num)s more record", "and %(num)s more records", number) if number > 0 and shown else ""
    return Markup(" ").join(part for part in (Markup(", ").join(shown), rest) if part)


def who_of(change) -> str:
    return _("system") if change.actor_id is None else change.actor_name


def _rest(lines: list, shown: list, entry) -> str:
    """What is not shown, in words: the records of which nothing is, else the lines that are left out."""
    records = entry.records - len({about for about, _text in shown if about is not None})
    if records > 0:
        return ngettext("and %(num)s more record", "and %(num)s more records", records)
    number = len(lines) - len(shown) + entry.cut
    return ngettext("and %(num)s more line", "and %(num)s more lines", number) if number else ""
