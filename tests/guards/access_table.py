"""Who may do what: written by hand from the specification and not from the code, so the two can disagree."""

from __future__ import annotations

from flask import Flask

from tests.guards.access_world import PEOPLE, STRANGERS, WRITES_ON_THE_DESK

ALL = "everybody signed in"
WRITERS = "whoever writes anywhere or not: editors, reporting officers, administrators"
THERE = "writers with rights on the record's framework, or everywhere"
SOMEWHERE = (
    "any writer in general, since organisations and documents are open to all; on a record or a change of it, "
    "whoever may edit it"
)
AUTHOR = "who wrote it: in the world of the matrix one administrator"
MAKER = "who made it, who is to do it (in the world of the matrix one administrator is both), administrators"
WHOLE = "writers everywhere, administrators"
ADMINISTRATORS = "administrators"
REPORTERS = "reporting officers and administrators"

EXPECTED: dict[str, str] = {
    "signed in": ALL,
    "portfolio.read": ALL,
    "handover.do": WRITERS,
    "calendar.read": ALL, "calendar.own": ALL, "view.read": ALL, "management.read": ALL, "view.own": ALL,
    "list.export": ALL,
    "report.overview": ALL,
    "report.brief": ALL,
    "history.read": ALL, "change.undo": SOMEWHERE,
    "dashboard.read": ALL,
    "account.own": ALL,
    "desk.own": ALL,
    "comment.add": ALL, "comment.edit": AUTHOR,
    "task.read": ALL, "task.add": ALL, "task.assign": WRITERS, "task.edit": MAKER, "task.finish": MAKER,
    "people.manage": ADMINISTRATORS,
    "reader.name": THERE,
    "document.read": ALL, "document.add": WRITERS, "document.edit": WRITERS,
    "fact.read": ALL, "fact.state": SOMEWHERE,
    "standing.set": SOMEWHERE,
    "record.compare": ALL, "record.merge": SOMEWHERE,
    "organisation.read": ALL, "organisation.add": WRITERS, "organisation.edit": WRITERS,
    "country.read": ALL, "country.add": WHOLE, "country.edit": WHOLE,
    "theme.add": WHOLE, "theme.edit": WHOLE,
    "framework.read": ALL, "framework.add": THERE, "framework.edit": THERE,
    "question.read": ALL, "question.add": THERE, "question.edit": THERE,
    "phase.read": ALL, "phase.add": THERE, "phase.edit": THERE,
    "project.read": ALL, "project.add": THERE, "project.edit": THERE,
    "participation.add": THERE, "participation.edit": THERE,
    "link.add": SOMEWHERE, "link.edit": SOMEWHERE,
    "legal_instrument.read": ALL, "legal_instrument.add": WRITERS, "legal_instrument.edit": WRITERS,
    "status_update.read": ALL, "status_update.add": THERE, "status_update.edit": THERE,
    "status_update.approve": WHOLE, "framework.ask_approval": WHOLE,
    "event.read": ALL, "event.add": THERE, "event.edit": THERE,
    "follow_up.read": ALL, "follow_up.add": THERE, "follow_up.edit": THERE,
    "milestone.read": ALL, "milestone.add": THERE, "milestone.edit": THERE,
    "activity.read": ALL, "activity.add": THERE, "activity.edit": THERE,
    "indicator.read": ALL, "indicator.add": THERE, "indicator.edit": THERE,
    "indicator_value.read": ALL, "indicator_value.add": THERE, "indicator_value.edit": THERE,
    "risk.read": ALL, "risk.add": THERE, "risk.edit": THERE,
    "contact.read": ALL, "contact.add": WRITERS, "contact.edit": WRITERS,
    "role_holder.read": ALL, "role_holder.add": WRITERS, "role_holder.edit": WRITERS,
    "instrument.read": ALL, "instrument.add": WRITERS, "instrument.edit": WRITERS,
    "contract.read": ALL, "contract.add": THERE, "contract.edit": THERE,
    "addendum.read": ALL, "addendum.add": THERE, "addendum.edit": THERE,
    "flow.read": ALL, "flow.add": THERE, "flow.edit": THERE,
    "obligation.read": ALL, "obligation.add": THERE, "obligation.edit": THERE,
    "due_report.read": ALL, "due_report.add": THERE, "due_report.edit": THERE, "due_report.check": THERE,
    "budget.read": ALL, "budget.add": THERE, "budget.edit": THERE,
    "sent_file.read": ALL, "sent_file.add": THERE,
    "rate.read": ALL, "rate.load": REPORTERS,
    "donor_workbook.read": ALL, "donor_workbook.add": REPORTERS, "donor_workbook.edit": REPORTERS,
    "donor_workbook.fill": WRITERS,
}  # fmt: skip

OPEN_TO_ALL = {"static", "language", "ops.healthz", "accounts.sign_in", "accounts.sign_out", "help.accessibility",
               "calendar.feed"}  # fmt: skip
"""The only addresses a stranger may open. Adding one here is a decision (docs/decisions/0044-help.md: the statement;
0049-calendar.md: a feed, whose secret address is the key)."""
OWN_WRITING = {
    "accounts.choose_language", "accounts.change_password", "desk.follow", "desk.read_notifications", "desk.comments",
    "desk.add_task", "desk.choose_notifications", "calendar.give_address", "calendar.revoke_address",
    "desk.ask_link", "desk.confirm_address", "desk.clear_recent", "saved.save", "saved.edit", "saved.delete", "saved.start",
}  # fmt: skip
"""The only addresses where everybody signed in may write: their own account, what they follow and have read, comments on
records they see and tasks for themselves, and their saved views, which are no data of the portfolio
(docs/decisions/0045-desk.md, 0061-saved-views.md)."""


def opened_up(app: Flask) -> list[str]:
    """Addresses that a stranger may open, or where everybody signed in may write, without standing in the two lists."""
    wrong = []
    for rule in app.url_map.iter_rules():
        needs = app.view_functions[rule.endpoint].needs
        if needs == "public" and rule.endpoint not in OPEN_TO_ALL:
            wrong.append(f"{rule.endpoint} is open to strangers")
        if "POST" in rule.methods and EXPECTED.get(needs) == ALL and rule.endpoint not in OWN_WRITING:
            wrong.append(f"{rule.endpoint} lets everybody signed in write")
    return wrong


def expected(case: str, permission: str, situation: str | None) -> bool:
    """Whether `case` holds `permission`, on a record of `situation` or (None) in general."""
    if case in STRANGERS:
        return False
    role, where = PEOPLE[case]
    writes = role in ("editor", "reporting_officer", "administrator")
    whole = role == "administrator" or (writes and where == "everywhere")
    match EXPECTED[permission]:
        case "everybody signed in":
            return True
        case "administrators":
            return role == "administrator"
        case "reporting officers and administrators":
            return role in ("reporting_officer", "administrator")
        case "writers everywhere, administrators":
            return whole
        case rule if rule == AUTHOR:
            return situation is None or case == WRITES_ON_THE_DESK
        case rule if rule == MAKER:
            return situation is None or role == "administrator"
        case rule if rule == WRITERS or (rule == SOMEWHERE and situation is None):
            return writes
    return whole or (writes and where == "own" and situation != "elsewhere")
