"""What changes did beside records, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import singledispatch
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from portal.donor_workbooks.rules.limits import COUNTINGS
from portal.donor_workbooks.rules.mapping import OTHERWISE
from portal.donor_workbooks.wording import label_of
from portal.history.beside.donors import Sides, WorkbookChange
from portal.history.beside.found import Thing
from portal.history.beside.rates import RatesChange
from portal.history.rules import Difference
from portal.history.subjects import Known
from portal.history.values import in_tongue, linked, sides
from portal.kernel import codes
from portal.sources.wording import pair_text
from portal.web import formats
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, ngettext
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.reading.cells import Place

UNITS = {
    "name": _l("Name"), "recipient": _l("Who gets it"), "kinds": _l("Kinds of report it serves"), "note": _l("Note"),
}  # fmt: skip
"""What is told of a workbook itself."""
CELL = {
    "key": _l("Value"), "last": _l("Last row"), "language": _l("Language of texts"), "text_limit": _l("Limit of the text"),
    "counting": _l("The limit counts"), "otherwise": _l("Where it does not apply"), "label": _l("Its label in the file"),
}  # fmt: skip
"""What is told of a mapped cell beside its place."""


@singledispatch
def title(thing: Thing, link: bool = True) -> Markup:
    """What the thing is called, with its kind, leading to its page."""
    raise NotImplementedError(type(thing))


@singledispatch
def lines(thing: Thing, known: Known, whole: bool) -> list[Markup]:
    """What became of it, where it was there before; `whole`: row by row, else how many rows."""
    raise NotImplementedError(type(thing))


def told(thing: Thing, known: Known, whole: bool, titled: bool = True) -> Iterator[Markup]:
    """What became of it; its title once, before the first line, and only where it came unless `titled`."""
    rest = lines(thing, known, whole)
    if thing.added:
        yield Markup("{} <ins>{}</ins>").format(_("added:"), title(thing))
    elif titled and rest:
        yield Markup("<b>{}</b>: {}").format(title(thing), rest.pop(0))
    yield from rest


@title.register
def workbook_title(thing: WorkbookChange, link: bool = True) -> Markup:
    name = pair_text(thing.state["name_cs"], thing.state["name_en"])
    url = url_for("donor_workbooks.workbook", donor_workbook_id=thing.id) if link else None
    return Markup("{} {}").format(_("workbook of a recipient"), _linked(url, name))


@lines.register
def workbook_lines(thing: WorkbookChange, known: Known, whole: bool) -> list[Markup]:
    found = [] if thing.added else [line for d in thing.differences for line in _unit(d, known)]
    found += [_file(*sides) for sides in thing.files]
    for file_id, cells in sorted(thing.cells.items(), key=lambda one: thing.numbers[one[0]]):
        found.append(_mapping(file_id, thing.numbers[file_id], cells))
        if whole:
            found += [line for sides in cells for line in _cell(*sides)]
    for file_id, values in sorted(thing.let_go.items(), key=lambda one: thing.numbers[one[0]]):
        found += [_let_go(file_id, thing.numbers[file_id], *sides) for sides in values]
    return found


@title.register
def rates_title(thing: RatesChange, link: bool = True) -> Markup:
    return _linked(url_for("rates.index") if link else None, _("Exchange rates"))


@lines.register
def rates_lines(thing: RatesChange, known: Known, whole: bool) -> list[Markup]:
    parts = [_("file %(name)s", name=name) for name in thing.files]
    if thing.new:
        parts.append(ngettext("%(num)s rate loaded", "%(num)s rates loaded", thing.new))
    if thing.superseded:
        parts.append(ngettext("%(num)s rate superseded", "%(num)s rates superseded", thing.superseded))
    return [escape(", ".join(parts))]


def _unit(d: Difference, known: Known) -> list[Markup]:
    if d.unit == "withdrawn":
        return [escape(_("withdrawn: %(why)s", why=d.after) if d.after else _("used again"))]
    label = str(UNITS.get(d.unit, d.unit))
    if d.unit == "recipient":
        one, other = (linked(int(str(i)), known) if i else escape(_("any recipient")) for i in (d.before, d.after))
    elif d.unit == "kinds":
        one, other = (_kinds(str(kinds or "")) for kinds in (d.before, d.after))
    else:
        told = sides("donor_workbook", d.unit, d.before, d.after, known)
        return [_changed(in_tongue(label, tongue), before, after) for tongue, before, after in told]
    return [_changed(label, one, other)]


def _kinds(kinds: str) -> Markup:
    return escape(", ".join(codes.label("report_kinds", code, lang()) for code in kinds.split()) or _("every kind"))


def _changed(label: str, one: object, other: object) -> Markup:
    return Markup("{}: <del>{}</del> → <ins>{}</ins>").format(label, one, other)


def _file(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Markup:
    row = new or old or {}
    number = _link(row["id"], _("File no. %(n)s", n=row["number"]))
    if old is None:
        words = _("added: %(name)s, for periods: %(period)s", name=row["file_name"], period=_period(row))
        return Markup("{} <ins>{}</ins>").format(number, words)
    label = Markup("{}, {}").format(number, _("for periods"))
    return Markup("{}: <del>{}</del> → <ins>{}</ins>").format(label, _period(old), _period(row))


def _period(row: Mapping[str, Any]) -> str:
    first: date = row["valid_from"]
    if row["valid_to"] is None:
        return _("from %(day)s", day=formats.day(first))
    return f"{formats.day(first)} – {formats.day(row['valid_to'])}"


def _mapping(file_id: int, number: int, cells: list[Sides]) -> Markup:
    added = sum(old is None for old, _new in cells)
    taken = sum(new is None for _old, new in cells)
    parts = [
        ngettext("%(num)s cell added", "%(num)s cells added", added) if added else "",
        ngettext("%(num)s cell changed", "%(num)s cells changed", n) if (n := len(cells) - added - taken) else "",
        ngettext("%(num)s cell taken away", "%(num)s cells taken away", taken) if taken else "",
    ]
    label = _link(file_id, _("Mapping of file no. %(n)s", n=number))
    return Markup("{}: {}").format(label, ", ".join(part for part in parts if part))


def _let_go(file_id: int, number: int, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Markup:
    label = label_of((new or old or {})["key"])
    words = _("does not ask any more: %(what)s", what=label) if new else _("asks again: %(what)s", what=label)
    return Markup("{}: {}").format(_link(file_id, _("File no. %(n)s", n=number)), words)


def _link(file_id: int, words: str) -> Markup:
    return _linked(url_for("donor_workbooks.file", donor_file_id=file_id), words)


def _linked(url: str | None, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, words) if url else escape(words)


def _cell(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Markup]:
    """A mapped cell that came or went, with how it is filled; of one that changed what changed."""
    if old is None or new is None:
        row, mark = new or old or {}, Markup("del" if new is None else "ins")
        said = [label_of(row["key"]), *_how(row)]
        yield Markup("{}: <{}>{}</{}>").format(_place(row), mark, ", ".join(said), mark)
        return
    moved = _place(old) != _place(new)
    if moved:
        yield _changed(_("Cell"), _place(old), _place(new))
    for name, label in CELL.items():
        # What stands beside a cell that moved is another label of itself.
        if old[name] != new[name] and not (moved and name == "label"):
            words = f"{_place(new)}, {label}"
            yield _changed(words, _value(name, old[name]), _value(name, new[name]))


def _how(row: Mapping[str, Any]) -> Iterator[str]:
    if row["last"]:
        yield _("down to row %(n)s", n=row["last"])
    yield _value("language", row["language"])
    if row["text_limit"]:
        yield _("at most %(n)s", n=formats.number(row["text_limit"])) + f" {_value('counting', row['counting'])}"
    if row["otherwise"] == "say":
        yield _("writes “Not applicable” where it does not apply")


def _value(name: str, value: Any) -> Any:
    if value is None or value == "":
        return "–"
    if name == "key":
        return label_of(value)
    if name == "language":
        return _("in Czech") if value == "cs" else _("in English")
    if name in ("counting", "otherwise"):
        words = COUNTINGS if name == "counting" else OTHERWISE
        return _(words.get(value, value))
    return formats.number(value) if isinstance(value, int) else value


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["sheet"], row["row"], row["column"])
