"""Filling the recipient's own file: what would be written, the file of it, and what is said of it beside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.donor_workbooks import filling, queries
from portal.donor_workbooks.catalogue import Quoted
from portal.donor_workbooks.filling import Entry, Gathered
from portal.donor_workbooks.models import DonorFile
from portal.donor_workbooks.wording import label_of, value_text
from portal.kernel import asof
from portal.kernel.errors import NotFound, PortalError, Refused
from portal.kernel.money import decimals_of
from portal.kernel.permission import Actor, need
from portal.layouts.numbers import in_digits
from portal.layouts.places import Made, Written
from portal.obligations.models import DueReport
from portal.obligations.queries import report
from portal.register.making.template import Template
from portal.register.rules import REPEATED
from portal.web.i18n import speaking
from portal.workbooks.filling import Filled, Unfillable
from portal.workbooks.filling.process import fill_apart
from portal.workbooks.filling.remembering import fill_once
from portal.workbooks.reading.cells import Place

FORMULA = "formula"
"""The field of a cell that the file itself computes."""


@dataclass
class Reading:
    """A report and a recipient's file as of a change, with what would be written into it."""

    s: Session
    report: DueReport
    file: DonorFile
    gathered: Gathered


@dataclass
class Now:
    """What the file would say today; `obstacles`: why it would not be made, and its formulas are not computed."""

    places: list[Written]
    template: Template
    obstacles: list[PortalError] = field(default_factory=list)


@contextmanager
def reading(engine: Engine, actor: Actor, change_id: int, due_report_id: int, file_id: int) -> Iterator[Reading]:
    """NotFound where report or file were not there then, or may not be seen."""
    with asof.as_of(engine, change_id) as s:
        found, file = report(s, actor, due_report_id), queries.file(s, actor, file_id)
        if found is None or file is None:
            raise NotFound("due_report" if found is None else "donor_file")
        yield Reading(s, found, file, filling.gather(s, actor, found, file))


def make(
    engine: Engine, actor: Actor, change_id: int, due_report_id: int, template: Template, fresh: bool = False
) -> Made:  # fmt: skip
    """The file as of a change, as an actor `seen_by` sees it. `fresh`: made anew, whatever was filled a moment ago, to prove
    the one that was sent: that is for whoever may see that one. Forbidden; NotFound; Refused where something stands in the way,
    or the recipient's file is not the one it was; Unfillable."""
    if not fresh:
        need(actor, "donor_workbook.fill")
    with reading(engine, actor, change_id, due_report_id, template.file_id) as r, speaking(template.lang):
        if template.digest not in ("", r.file.digest):
            raise Refused(queries.DAMAGED)
        done = filling.make(r.s, r.file, r.gathered, fill_apart if fresh else fill_once)
        rates = list(dict.fromkeys(rate for one in r.gathered.all for rate in one.found.rates))
        quoted = {one: n for n, one in enumerate(dict.fromkeys(q for e in r.gathered.all for q in e.found.quoted), 1)}
        return Made(
            done.data, [*_written(r.gathered, rates, quoted), *_computed(done, r.gathered)], _drawn(r), rates,
            {**_told(r, done), "sources": {str(n): [q.document_id, q.place, q.quotation] for q, n in quoted.items()}},
        )  # fmt: skip


def template_of(file: DonorFile, lang: str) -> Template:
    """The file as it is mapped now."""
    return Template(file.id, lang, file.number, file.digest, queries.mapping_of(file))


def now(engine: Engine, actor: Actor, change_id: int, due_report_id: int, template: Template) -> Now:
    """What the same file would say as of a change, by the mapping of then: also where another file has taken its place since.
    NotFound."""
    with reading(engine, actor, change_id, due_report_id, template.file_id) as r, speaking(template.lang):
        found = Now(_written(r.gathered, (), {}), template_of(r.file, template.lang), list(r.gathered.hindrances))
        if not found.obstacles:
            try:
                found.places += _computed(filling.filled(r.s, r.file, r.gathered), r.gathered)
            except (Refused, Unfillable) as error:
                found.obstacles = list(filling.problems_of(error, r.file))
        return found


def _drawn(r: Reading) -> tuple[int, ...]:
    """Every record that the file says something of, and those without which it could not be asked for."""
    held = r.report.obligation
    ids = {r.report.id, held.id, held.of_id, r.file.workbook.recipient_id}
    ids |= {i for one in r.gathered.all for i in one.found.records}
    return tuple(sorted(i for i in ids if i is not None))


def _written(gathered: Gathered, rates: Collection[str], quoted: dict[Quoted, int]) -> list[Written]:
    """The cells that get a value. A cell of repeated rows is known by what its line is of, any other by its place."""
    order = {rate: n for n, rate in enumerate(rates)}
    names = {id(e): f"{r.source.key}{REPEATED}{r.first.row}:{e.line}" for r in gathered.rows for e in r.entries}
    found = [
        Written(
            one.place.sheet, one.place.sheet, one.place.cell, names.get(id(one), one.place.cell),
            one.cell.key, one.cell.label or label_of(one.cell.key), value_text(one.written), one.found.records,
            tuple(quoted[q] for q in one.found.quoted if q in quoted), "",
            tuple(order[rate] for rate in one.found.rates if rate in order), one.found.items,
            in_digits(one.written, decimals_of(one.found.currency) if one.found.currency else None),
        )
        for one in gathered.all
        if one.written is not None
    ]  # fmt: skip
    return found + [
        Written(at.sheet, at.sheet, at.cell, at.cell, cell.key, cell.label or label_of(cell.key), value_text(words))
        for rows_ in gathered.rows
        for cell, at, words in rows_.otherwise
    ]


def _computed(done: Filled, gathered: Gathered) -> list[Written]:
    """The formulas of the file that follow, with their new values."""
    lost, amounts = [one.place for one in done.lost], _amounts(done, gathered)
    return [
        Written(
            at.sheet, at.sheet, at.cell, at.cell, FORMULA, "", value_text(value), number=in_digits(value, amounts.get(at))
        )
        for at, value in [*done.values.items(), *((place, None) for place in lost)]
    ]  # fmt: skip


def _amounts(done: Filled, gathered: Gathered) -> dict[Place, int]:
    """Cells that hold an amount, with the decimals of its currency. A formula that only adds holds one where it adds one: an
    amount can be added to nothing else."""
    found = {one.place: decimals_of(one.found.currency) for one in gathered.all if one.found.currency}
    while new := {
        at: max(found[one] for one in added if one in found)
        for at, added in done.adds.items()
        if at not in found and not found.keys().isdisjoint(added)
    }:
        found |= new
    return found


def _told(r: Reading, done: Filled) -> dict[str, Any]:
    """What was filled in and what was not, to be kept beside the file. `sources` by number: the id of the document, which is
    named only to whom may see it, the place in it, the words."""
    workbook, g = r.file.workbook, r.gathered
    return {
        "workbook": [workbook.id, workbook.name_cs, workbook.name_en], "file": r.file.file_name, "cells": len(r.file.cells),
        "filled": sum(one.written is not None for one in g.all), "computed": len(done.computed),
        "lacking": [_lacking(one) for one in g.lacking],
        "rows": [[one.source.label, len(one.lines or ()), one.room] for one in g.rows],
        "unmapped": [str(place) for place in g.unmapped],
        "let_go": [[str(Place(one.sheet, one.row, one.column)), one.key, one.label] for one in g.let_go],
        "lost": [[str(one.place), one.reason] for one in done.lost],
        "pivots": [[str(one.place), one.name, one.state] for one in done.pivots],
    }  # fmt: skip


def _lacking(one: Entry) -> list[str]:
    return [str(one.place), one.cell.key, one.cell.label, one.found.state, one.found.why]
