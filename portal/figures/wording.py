"""By which sources numbers are; what counts are called, what they count and leave out, and for how many something is known."""

from __future__ import annotations

from dataclasses import dataclass

from portal.web.i18n import lazy_gettext as _l

BY_SOURCES = {
    "documents": _l("by the documents of the ministry"),
    "public": _l("by public sources too"),
    "all": _l("by all statements, doubtful ones too"),
}
"""By which sources a number is, wherever it is said: by the certainty of its scope."""
MONEY_FILTERS = ("instrument", "provider", "currency")
OF_TODAY = (*MONEY_FILTERS, "years")


@dataclass(frozen=True)
class CountWords:
    """Lazy texts. `covered` has `%(known)s` and `%(of)s` ("7 of 9"); `column` heads the date of a record, `undated` stands where
    it has none; `unheeded`: fields of a scope that do not concern the count."""

    name: object
    definition: object
    left_out: object
    covered: object
    unit: str
    column: object | None = None
    undated: object | None = None
    unheeded: tuple[str, ...] = OF_TODAY


COUNT_WORDS: dict[str, CountWords] = {
    "partners": CountWords(
        _l("Partner organisations"),
        _l(
            "Every organisation known to the chosen sources, once. Where projects or frameworks are selected: those that take "
            "part in one of them in any role."
        ),
        _l(
            "Countries and office holders; organisations that only give or receive money, where projects or frameworks are "
            "selected."
        ),
        _l("a partner is stated for %(known)s %(of)s projects"),
        "organisations",
    ),
    "frameworks": CountWords(
        _l("Frameworks and dialogues"),
        _l("Every framework known to the chosen sources, once, whatever its level in the tree and its status."),
        _l("Phases of national programmes."),
        _l("the status is known for %(known)s %(of)s frameworks"),
        "frameworks",
    ),
    "events": CountWords(
        _l("Events"),
        _l(
            "Every event known to the chosen sources, once, past or to come. Where projects or frameworks are selected: those "
            "that belong to one of them."
        ),
        _l("Events that were cancelled."),
        _l("the date is known for %(known)s %(of)s events"),
        "events", _l("Date"), _l("without a date"), MONEY_FILTERS,
    ),
    "open_follow_ups": CountWords(
        _l("Open follow-ups"),
        _l("What was agreed at events and is not done yet, by the state the portal shows."),
        _l("Follow-ups that are done or were dropped."),
        _l("a day is set for %(known)s %(of)s open follow-ups"),
        "follow_ups", _l("By when"), _l("no day set"),
    ),
    "overdue_follow_ups": CountWords(
        _l("Overdue follow-ups"),
        _l("Open follow-ups of events for which the last day that their date can mean has passed."),
        _l("Open follow-ups without a day: whether they are late is not known."),
        _l("a day is set for %(known)s %(of)s open follow-ups"),
        "follow_ups", _l("By when"), _l("no day set"),
    ),
    "overdue_reports": CountWords(
        _l("Overdue reports"),
        _l(
            "Reports that obligations make due, that are not sent and whose day has passed. Where projects or frameworks are "
            "selected: those of an obligation there, or at a contract for one of them."
        ),
        _l("Reports that were sent; obligations whose days are not stated, from which no report follows."),
        _l("the day is known for %(known)s %(of)s reports still owed"),
        "due_reports", _l("By when"), _l("no day set"),
    ),
    "overdue_tasks": CountWords(
        _l("Overdue tasks"),
        _l(
            "Open tasks past their day, whoever they are assigned to. Where projects or frameworks are selected: those of one of "
            "them. Tasks of no record are seen by who made them and by whom they are assigned to."
        ),
        _l("Open tasks without a day: whether they are late is not known."),
        _l("a day is set for %(known)s %(of)s open tasks"),
        "tasks", _l("Due"), _l("no day set"), (*OF_TODAY, "certainty"),
    ),
    "stale_updates": CountWords(
        _l("Stale status"),
        _l(
            "Projects in preparation, implementation or completion of which nobody has reported in the portal within the days "
            "set for it, or ever."
        ),
        _l("Projects that are closed, cancelled or suspended, or whose status is not known."),
        _l("the status is known for %(known)s %(of)s projects"),
        "projects", _l("Last reported"), _l("never reported in the portal"), MONEY_FILTERS,
    ),
    "silent_frameworks": CountWords(
        _l("Silent frameworks"),
        _l(
            "Frameworks in force that gave no sign of life within the days set for it: no report, no "
            "meeting that took place, no money, of the framework, of one below it or of their projects. A report is a sign of "
            "the day it is of, not of the day it was written."
        ),
        _l("Frameworks that ended or are suspended. One whose status is not stated counts as in force."),
        _l("the status is known for %(known)s %(of)s frameworks in force"),
        "frameworks", _l("Last sign, at the latest"), _l("no sign in the portal"),
    ),
}  # fmt: skip
"""By the key of the figure."""
