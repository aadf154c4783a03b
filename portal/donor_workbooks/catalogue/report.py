"""Values of the report itself, and words that are the same in every report."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue.reading import NOT_STATED, code, doubts, in_words, named, pair
from portal.donor_workbooks.catalogue.registry import Asked, Found, about, known, offer, unknown
from portal.donor_workbooks.rules.mapping import NOT_APPLICABLE
from portal.donor_workbooks.rules.ways import RECORD
from portal.kernel.errors import N_
from portal.obligations.models import Obligation


def _of_report(read: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """A value of the report itself."""

    def value(asked: Asked) -> Found:
        asked.says(asked.report, asked.report.obligation)
        asked.mended(RECORD, asked.report.id)
        return read(asked)

    return value


def _of_obligation(fact: str, read: Callable[[Asked, Obligation, tuple[str, ...]], Found]) -> Callable[[Asked], Found]:
    """A fact of the obligation the report follows from, with its doubts."""

    def value(asked: Asked) -> Found:
        asked.says(asked.report)
        return read(asked, asked.report.obligation, doubts(asked, asked.report.obligation, fact))

    return value


about("report", N_("Report"))
about("words", N_("Words that are always the same"))
offer(
    "report.first", N_("First day of the period"),
    ("Reporting period from", "Period from", "Start of the reporting period", "Vykazované období od", "Období od"),
    _of_report(lambda asked: known(asked.report.period_from)),
)  # fmt: skip
offer(
    "report.last", N_("Last day of the period"),
    ("Reporting period to", "Period to", "Reporting period until", "End of the reporting period",
     "Vykazované období do", "Období do"),
    _of_report(lambda asked: known(asked.report.period_to)),
)  # fmt: skip
offer(
    "report.period", N_("Period in words"), ("Reporting period", "Period", "Vykazované období", "Období"),
    _of_report(lambda asked: known(in_words(asked.report.period, asked.language))),
)  # fmt: skip
offer(
    "report.year", N_("Year of the period"), ("Year", "Reporting year", "Rok", "Vykazovaný rok"),
    _of_report(lambda asked: _year(asked)),
)  # fmt: skip
offer(
    "report.due", N_("Day by which it is due"), ("Due date", "Deadline", "Termín", "Termín podání"),
    _of_report(lambda asked: known(asked.report.due_to)),
)  # fmt: skip
offer(
    "report.kind", N_("Kind of report"), ("Type of report", "Kind of report", "Druh zprávy", "Typ zprávy"),
    _of_obligation("kind_code", lambda asked, held, told: code("report_kinds", held.kind_code, asked.language, *told)),
)  # fmt: skip
offer(
    "report.edition",
    N_("Edition"),
    ("Edition", "Version", "Verze", "Vydání"),
    _of_report(lambda asked: known(asked.report.edition)),
)
offer(
    "report.recipient", N_("Who gets it"), ("Recipient", "Addressee", "Příjemce zprávy", "Adresát"),
    _of_obligation("recipient", lambda asked, held, told: named(asked, held.recipient, *told)),
)  # fmt: skip
offer(
    "report.rule", N_("The rule in words"), ("Reporting obligation", "Povinnost podávat zprávy"),
    _of_obligation("due_rule", lambda asked, held, told: pair(asked, held, "due_rule", *told)),
)  # fmt: skip
offer(
    "words.not_applicable", N_("The words “Not applicable”"), (),
    lambda asked: known(NOT_APPLICABLE[asked.language]),
)  # fmt: skip


def _year(asked: Asked):
    """The year, where the period lies in one."""
    first, last = asked.report.period_from, asked.report.period_to
    return known(first.year) if first.year == last.year else unknown(NOT_STATED)
