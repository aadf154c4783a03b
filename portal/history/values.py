"""Values of units in words, as lines of history show them, and rows that hang on a record."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from markupsafe import Markup, escape
from sqlalchemy import inspect

from portal.accounts.queries import names
from portal.history.lines import Line
from portal.history.rules import shortened, where_they_differ
from portal.history.subjects import Known
from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.report_texts.rules import KINDS
from portal.sources import facts
from portal.sources.wording import field_label, named, pair_text, value_text
from portal.web import formats, page
from portal.web.forms.base import tongue as tongue_name
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l
from portal.web.links import record_url

UNIT_LISTS = {"certainty": "certainties", "light": "lights", "precision": "precisions", "status_basis": "status_bases",
              "included_certainty": "certainties", "amount_mark": "amount_marks", "unknown_reason": "unknown_reasons",
              "role": "participation_roles", "relation": "link_relations", "origin": "document_origins",
              "approval": "approvals", "standing": "standings", "language": "languages", "state": "report_states",
              "budget.state": "budget_states"}  # fmt: skip
PERSONS = ("responsible", "author", "decided_by", "entered_by", "prepared_by", "checked_by")
"""Units that name a colleague."""
ROW_WORDS = {
    "budget_line": _l("line"), "expenditure": _l("expenditure on line"), "report_line": _l("explanation and forecast of line"),
    "report_text": _l("text"),
}  # fmt: skip
"""What the rows of a table are called."""
TONGUES = ("cs", "en")
KEYS = ("code", "place", "budget", "due_report")
"""Units of such a row that say which one it is."""


def row_words(line: Line, known: Known) -> list[Markup]:
    """A row that hangs on a record, by its code: what it says, or what of it changed."""
    code = line.row["code"]
    words = Markup("{} {}").format(ROW_WORDS[line.table], _(KINDS[code].label) if code in KINDS else code)
    if line.new or line.gone:
        made = [(d, _short(d.after if line.new else d.before)) for d in line.differences]
        said = Markup(", ").join(
            Markup("{} {}").format(label, text)
            for d, value in made
            if d.unit not in KEYS and value is not None
            for label, text in _said(line.table, d.unit, value, known)
        )
        mark = Markup("ins" if line.new else "del")
        return [
            Markup("{} {}: <{}>{}</{}>").format(words, _("added") if line.new else _("taken away"), mark, said, mark)
        ]
    return [
        Markup("{}, {}: <del>{}</del> → <ins>{}</ins>").format(
            words, in_tongue(field_label(line.table, d.unit), tongue), before, after
        )
        for d in line.differences
        for tongue, before, after in sides(line.table, d.unit, d.before, d.after, known, near=True)
    ]


def _said(kind: str, unit: str, value: object, known: Known) -> list[tuple[Markup, Markup]]:
    """A value under its label; a text in two languages under one label for each language it is in."""
    label = field_label(kind, unit)
    if not _is_pair(value):
        return [(escape(label), value_of(kind, unit, value, known))]
    return [(in_tongue(label, tongue), _in(tongue, text)) for tongue, text in zip(TONGUES, value, strict=True) if text]


def _short(value: object) -> object:
    """A value of a row; of a long text its beginning, the whole stands where the record is read as of then."""
    if isinstance(value, tuple) and _is_pair(value):
        return tuple(shortened(text) for text in value)
    return value


def sides(
    kind: str, unit: str, one: object, other: object, known: Known, near: bool = False
) -> list[tuple[str, Markup, Markup]]:
    """A unit before and after. Of a text in two languages each language in which it differs, by its code; once and without a
    code where both read the same. `near`: of long texts the stretches that differ."""
    if not (_is_pair(one) or _is_pair(other)):
        return [("", value_of(kind, unit, one, known), value_of(kind, unit, other, known))]
    before, after = _texts(one), _texts(other)
    if before[0] == before[1] and after[0] == after[1]:
        told = [("", lang(), before[0], after[0])]
    else:
        told = [
            (name, name, *texts) for name, *texts in zip(TONGUES, before, after, strict=True) if texts[0] != texts[1]
        ]
    cut = [(code, name, *(where_they_differ(a, b) if near else (a, b))) for code, name, a, b in told]
    return [(code, _in(name, a), _in(name, b)) for code, name, a, b in cut]


def in_tongue(label: str, tongue: str) -> Markup:
    """A label with the language a text under it is in, where one is named."""
    return Markup("{} ({})").format(label, tongue_name(tongue)) if tongue else escape(label)


def _in(tongue: str, text: str) -> Markup:
    return (pair_text(text, "") if tongue == "cs" else pair_text("", text)) or formats.unknown()


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


def _texts(value: object) -> tuple[str, str]:
    return (str(value[0]), str(value[1])) if isinstance(value, tuple) else ("", "")


@cache
def _refers(kind: str, unit: str) -> bool:
    """Whether a unit that is no fact names a record: in what somebody takes part, what a relation joins."""
    column = Record.metadata.tables[kind].columns.get(f"{unit}_id")
    kinds = {mapper.local_table for mapper in inspect(Record).self_and_descendants}
    stated = unit in facts.facts_of_kind(kind)
    return not stated and column is not None and any(key.column.table in kinds for key in column.foreign_keys)


def linked(i: int, known: Known) -> Markup:
    """The name of a record, leading to its page."""
    url = record_url(known[i]) if i in known else None
    return Markup('<a href="{}">{}</a>').format(url, name_of(i, known)) if url else name_of(i, known)


def name_of(i: int, known: Known) -> Markup:
    record = known.get(i)
    return named(record) if record else escape(_("a record that is not available to you"))


def value_of(kind: str, unit: str, value: object, known: Known, f: facts.Fact | None = None) -> Markup:
    """A value of a unit; None is "neuvedeno"."""
    f = f or facts.fact(kind, unit)
    if value is None and unit == "standing":
        return escape(_("in force"))
    if unit == "merged_into" or (isinstance(value, int) and not isinstance(value, bool) and _refers(kind, unit)):
        return linked(int(str(value)), known) if value is not None else formats.unknown()
    if value is None or value == "":
        return formats.unknown()
    if isinstance(value, bool):
        return escape(_("yes") if value else _("no"))
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
        return escape(formats.money_text(Money(*value)))
    if isinstance(value, tuple):
        return pair_text(*value)
    if isinstance(value, facts.Pair):
        return pair_text(value.cs, value.en)
    if isinstance(value, Money):
        return escape(formats.money_text(value))
    if isinstance(value, Decimal):
        return escape(formats.number(value))
    if isinstance(value, When) or f.type == "when":
        return escape(formats.when_text(value if isinstance(value, When) else When(str(value))))
    if isinstance(value, datetime):
        return escape(formats.instant(value))
    if isinstance(value, date):
        return escape(formats.day(value))
    if unit in PERSONS:
        return escape(names(page.live_session(), [int(str(value))]).get(int(str(value))) or _("nobody"))
    if isinstance(value, frozenset):
        return value_text(f, value, known)
    if f.type == "record" or (type(value) is int and facts.refers(f)):
        record = known.get(int(str(value).removeprefix("#")))
        return named(record) if record else escape(_("a record that is not available to you"))
    code_list = f.code_list or UNIT_LISTS.get(f"{kind}.{unit}") or UNIT_LISTS.get(unit)
    if code_list:
        return escape(codes.label(code_list, str(value), lang()))
    return escape(formats.nbsp(str(value)))
