"""Lines of history in words: what was added, changed, removed, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from markupsafe import Markup, escape

from portal.history.lines import Line
from portal.history.queries import Entry
from portal.history.subjects import Joined, Known
from portal.history.touched import ROWS, SETS
from portal.history.values import in_tongue, linked, name_of, row_words, sides, value_of
from portal.kernel import codes
from portal.kernel.when import When
from portal.sources import facts
from portal.sources.wording import code_label, field_label, named, relation_text
from portal.web import formats
from portal.web.i18n import gettext as _
from portal.web.i18n import lang

LONGEST_QUOTATION, MOST_QUOTATIONS = 240, 2
"""Characters of a quotation shown in a line, and how many from one place; the pages of the fact and the document have all."""


def record_ids(entries: list[Entry], nameless: dict[int, Joined]) -> set[int]:
    """Every record the lines name, to be read in one query."""
    found = {end for one in nameless.values() for end in (one.first, one.second)}
    for entry in entries:
        found |= {place.document for place in entry.cited} | {i for thing in entry.beside for i in thing.names}
        for line in entry.lines:
            found.add(line.about)
            for d in line.differences:
                found |= {v for v in (d.before, d.after) if type(v) is int}
            if line.table == "statement":
                found |= line.members
    return found


def lines(
    entry: Entry, known: Known, nameless: dict[int, Joined], about: int | None = None
) -> list[tuple[int, Markup]]:
    """The lines of a change, each with the record it is about; its name stands before those that are not about `about`."""
    told: list[tuple[int, Markup]] = []
    for line in entry.lines:
        kind = kind_of(line.about, known, nameless)
        if kind is None:
            continue
        subject = Markup("") if line.about == about else _subject(line.about, known, nameless, about)
        if line.table == "record" and (line.new or line.gone):
            told.append((line.about, _came_or_went(line, kind, subject)))
        else:
            words = (
                Markup("{} {}").format(code_label("record_kinds", kind), subject) if line.about in nameless else subject
            )
            who = Markup("<b>{}</b>: ").format(words) if subject else Markup("")
            said = None if entry.hidden else entry.change.reason or ""
            told += [(line.about, who + text) for text in _told(line, kind, known, said)]
    return told


def subjects(entry: Entry, known: Known, nameless: dict[int, Joined]) -> list[Markup]:
    """The records whose lines a change has, each once by its kind and name; documents after what was stated on them."""
    kinds = {line.about: kind_of(line.about, known, nameless) for line in entry.lines}
    ordered = sorted(kinds.items(), key=lambda one: one[1] == "document")
    return [titled(i, known, nameless) for i, kind in ordered if kind is not None]


def sources(entry: Entry, known: Known) -> list[Markup]:
    """The places that what was stated in a change rests on: document, place, the words quoted."""
    found = []
    for place in entry.cited:
        if place.document not in known:
            continue
        shown = place.quotations[:MOST_QUOTATIONS]
        more = Markup(" …") if len(place.quotations) > len(shown) else Markup("")
        found.append(_cited(place.document, place.place, shown, known) + more)
    return found


def titles(entry: Entry, known: Known) -> list[Markup]:
    """The documents alone, each once."""
    return [linked(i, known) for i in dict.fromkeys(p.document for p in entry.cited) if i in known]


def to_the_second(at: datetime) -> str:
    """An instant in words, to the second: changes of one minute are told apart."""
    return f"{formats.instant(at)}:{formats.local(at).second:02d}"


def kind_of(i: int, known: Known, nameless: dict[int, Joined]) -> str | None:
    """The kind of a record, where it may be told of."""
    return nameless[i].kind if i in nameless else known[i].kind if i in known else None


def titled(i: int, known: Known, nameless: dict[int, Joined]) -> Markup:
    """A record by its kind and name, as far as it may be told of."""
    kind = kind_of(i, known, nameless)
    return (
        Markup("{} {}").format(code_label("record_kinds", kind), _subject(i, known, nameless, None))
        if kind
        else name_of(i, known)
    )


def _subject(i: int, known: Known, nameless: dict[int, Joined], about: int | None) -> Markup:
    """What a line is about: the record's name; of one without a name what it joins, seen from `about`, without its kind."""
    one = nameless.get(i)
    if one is None:
        return named(known[i])
    if one.kind == "status_update":
        words = _("as of %(when)s", when=formats.when_at(When(one.code) if one.code else None))
        return escape(words) if one.first == about else Markup("{}, {}").format(name_of(one.first, known), words)
    if one.kind == "indicator_value":
        period = formats.when_text(When(one.code) if one.code else None)
        return escape(period) if one.first == about else Markup("{}, {}").format(name_of(one.first, known), period)
    outward = one.kind == "participation" or one.second != about
    near, far = (one.first, one.second) if outward else (one.second, one.first)
    if one.kind == "participation":
        words = Markup("{}, {}").format(name_of(far, known), codes.label("participation_roles", str(one.code), lang()))
    else:
        words = Markup("{} {}").format(relation_text(str(one.code), outward), name_of(far, known))
    return words if near == about else Markup("{}: {}").format(name_of(near, known), words)


def _came_or_went(line: Line, kind: str, subject: Markup) -> Markup:
    words = Markup("{} {}").format(code_label("record_kinds", kind), subject)
    mark = Markup("ins" if line.new else "del")
    return Markup("{} <{}>{}</{}>").format(_("added:") if line.new else _("removed:"), mark, words.strip(), mark)


def _told(line: Line, kind: str, known: Known, said: str | None) -> list[Markup]:
    """The lines in words. `said`: the reason of the whole change, told beside them; None where no reason may be told."""
    if line.table == "statement":
        return [_statement(line, kind, known)]
    if line.table == "citation":
        return [_citation(line, kind, known)]
    if line.table in SETS:
        other = next((d for d in line.differences if d.unit not in ("project",)), None)
        value = (other.after if line.new else other.before) if other else None
        text = value_of(kind, SETS[line.table], frozenset([value]), known)
        mark = "ins" if line.new else "del"
        label = _label(kind, line.about, SETS[line.table], known)
        return [Markup("{}: <{}>{}</{}>").format(label, Markup(mark), text, Markup(mark))]
    if line.table in ROWS:
        return row_words(line, known)
    return [
        Markup("{}: <del>{}</del> → <ins>{}</ins>").format(
            in_tongue(_label(kind, line.about, d.unit, known), tongue), before, after
        )
        + _because(line.because.get(d.unit, ""), said)
        for d in line.differences
        for tongue, before, after in sides(kind, d.unit, d.before, d.after, known)
    ]


def _because(why: str, said: str | None) -> Markup:
    """Why what is stated leads now, where that is not told as the reason of the whole change."""
    if said is None or why.strip() in ("", said.strip()):
        return Markup("")
    return Markup(' <span class="muted">({})</span>').format(why)


def _label(kind: str, about: int, unit: str, known: Known) -> Markup:
    """What a fact is called, leading to its statements and the documents they rest on."""
    label = field_label(kind, unit)
    record = known.get(about)
    if (
        record is None
        or hasattr(record, "gone")
        or not (unit in facts.facts_of_kind(kind) or facts.fact(kind, unit).part_of)
    ):
        return escape(label)
    return Markup('<a href="{}">{}</a>').format(url_for("sources.fact", record_id=about, field=unit), label)


def _statement(line: Line, kind: str, known: Known) -> Markup:
    row = line.row
    f = facts.fact(kind, row["field"])
    value = facts.decode(f, row["value"], row["value_cs"] or "", row["value_en"] or "")
    label = _label(kind, line.about, row["field"], known)
    text = value_of(kind, row["field"], value, known, f)
    if line.new:
        words = Markup("{}: <ins>{}</ins>").format(label, text)
        return words if row["leading"] else words + Markup(' <span class="muted">{}</span>').format(_("(not leading)"))
    if line.gone:
        return Markup("{}: <del>{}</del>").format(label, text)
    came = next((d for d in line.differences if d.unit == "record"), None)
    if came is not None and came.before != came.after:
        words = _("stated of it since, and before of:")
        return Markup('{}: {} <span class="muted">{} {}</span>').format(label, text, words, name_of(came.before, known))
    leads = next((d for d in line.differences if d.unit == "leading"), None)
    if leads is not None:
        told = _("now leads") if leads.after else _("no longer leads")
        why = f" ({row['reason']})" if leads.after and row["reason"] else ""
        return Markup('{}: {} <span class="muted">{}{}</span>').format(label, text, told, why)
    return Markup('{}: {} <span class="muted">{}</span>').format(label, text, _("its source or certainty was changed"))


def _citation(line: Line, kind: str, known: Known) -> Markup:
    """A source that was added to a statement, or taken from it: document, place, the words quoted."""
    row, mark = line.row, Markup("del" if line.gone else "ins")
    quoted = ((row["quotation_lang"], row["quotation"]),) if row["quotation"] else ()
    text = _cited(row["document_id"], row["place"], quoted, known)
    label = _label(kind, line.about, row["field"], known)
    words = _("source withdrawn:") if line.gone else _("one more source:") if line.new else _("source corrected:")
    return Markup("{}: {} <{}>{}</{}>").format(label, words, mark, text, mark)


def _cited(document: int, place: str, quotations: Iterable[tuple[str | None, str]], known: Known) -> Markup:
    parts = [linked(document, known)]
    if place:
        parts.append(escape(place))
    for language, words in quotations:
        tongue = Markup(' lang="{}"').format(language) if language else ""
        parts.append(Markup("<q{}>{}</q>").format(tongue, _shortened(words)))
    return Markup(", ").join(parts)


def _shortened(quotation: str) -> str:
    return quotation if len(quotation) <= LONGEST_QUOTATION else quotation[:LONGEST_QUOTATION].rsplit(" ", 1)[0] + " …"
