"""The addresses at which what is wrong with a recipient's file is mended, for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import url_for

from portal.donor_workbooks.rules import ways
from portal.donor_workbooks.rules.ways import Way
from portal.register import queries
from portal.web import page
from portal.web.access import is_in_force, may_write
from portal.web.links import record_url

if TYPE_CHECKING:
    from portal.donor_workbooks.models import DonorFile
    from portal.obligations.models import DueReport

OF_RECORDS = (ways.FACT, ways.RECORD, ways.UPDATE)


def addresses(report: DueReport, file: DonorFile, wanted: Iterable[Way | None]) -> Callable[[Way | None], str | None]:
    """The address of each of these; None where there is no such place, or whoever asks may not see it. Rows of the report and
    cells of the file by their forms where these may be written now, else where they are shown."""
    ids = {way.of for way in wanted if way is not None and way.to in OF_RECORDS}
    records = queries.records(page.session(), page.actor(), ids)
    writes = may_write("due_report.edit", report) and is_in_force(report) and report.is_open
    maps = may_write("donor_workbook.edit", file.workbook)

    def address(way: Way | None) -> str | None:
        if way is None:
            return None
        if way.to in OF_RECORDS:
            return _of_record(way, records.get(way.of))
        return _of_report(way, report, writes) or _of_file(way, report, file, maps)

    return address


def _of_record(way: Way, record) -> str | None:
    if record is None:
        return None
    if way.to == ways.FACT:
        return url_for("sources.fact", record_id=way.of, field=way.at)
    if way.to == ways.UPDATE and may_write(f"{record.kind}.edit", record):
        return url_for("progress.report", record_id=way.of)
    return record_url(record, _anchor="status" if way.to == ways.UPDATE else way.at or None)


def _of_report(way: Way, report: DueReport, writes: bool) -> str | None:
    mine = {"due_report_id": report.id}
    if way.to == ways.TEXT:
        return url_for("report_texts.texts", **mine, _anchor=way.at)
    if way.to == ways.RATE:
        currency, _slash, month = way.at.partition("/")
        return url_for("rates.month", currency=currency, month=month) if month else url_for("rates.index")
    if writes and way.to == ways.EXPLANATION:
        return url_for("budgets.edit_report_line", line=way.at, **mine, _anchor=f"explanation_{page.lang()}")
    if writes and way.to == ways.ITEM:
        return url_for("budgets.edit_expenditure", place=way.of, **mine, _anchor=way.at)
    if writes and way.to == ways.SPENDING:
        return url_for("budgets.add_expenditure", **mine)
    anchor = {
        ways.MONEY: way.at, ways.LINE: f"line-{way.at}", ways.EXPLANATION: f"line-{way.at}", ways.ITEM: f"item-{way.of}",
        ways.SPENDING: "expenditure",
    }.get(way.to)  # fmt: skip
    return url_for("budgets.money", **mine, _anchor=anchor) if anchor else None


def _of_file(way: Way, report: DueReport, file: DonorFile, maps: bool) -> str:
    if way.to == ways.CARRY:
        return url_for("donor_workbooks.carry", donor_file_id=way.of, _anchor=f"cell-{way.at}")
    if way.to == ways.MAPPING:
        return url_for("donor_workbooks.file", donor_file_id=way.of, _anchor=way.at)
    if way.to == ways.FILL:
        return url_for("register.recipient", due_report_id=report.id, donor_file_id=way.of)
    if way.to == ways.CELL:
        if maps:
            return url_for("donor_workbooks.edit_cell", donor_cell_id=way.of, _anchor=way.at)
        return url_for("donor_workbooks.file", donor_file_id=file.id, _anchor=f"cell-{way.of}")
    endpoint = {ways.UPLOAD: "add_file", ways.PURPOSE: "edit", ways.WITHDRAWAL: "withdraw"}[way.to]
    anchor = {ways.UPLOAD: "file", ways.PURPOSE: way.at}.get(way.to)
    return url_for(f"donor_workbooks.{endpoint if maps else 'workbook'}", donor_workbook_id=way.of, _anchor=anchor)
