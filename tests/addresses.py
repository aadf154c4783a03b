"""Every address of the portal that answers a GET, each with records of the seed portfolio.

    for address in addresses(app, s):       # Address(endpoint, path)
        if address.is_page: …

A route whose parameter has no sample here fails: a new page is walked by the tests of all pages from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.budgets.models import Expenditure
from portal.desk.models import Comment, Task
from portal.donor_workbooks.models import DonorCell, DonorFile, DonorWorkbook
from portal.help.chapters import CHAPTERS
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.progress.models import StatusUpdate
from portal.progress.rules import APPROVED
from portal.register.models import SentFile
from portal.sources.models import Statement

FILES = (
    "static",
    "language",
    "ops.healthz",
    "exchange.list",
    "donor_workbooks.original",
    "register.filled",
    "exchange.plain",
    "dashboards.file",
    "dashboards.records_file",
    "dashboards.chart_file",
    "register.download",
)
"""Endpoints whose answer is no page."""
ITS_AUTHORS = ("desk.edit_comment", "desk.withdraw_comment", "progress.discard", "saved.edit", "saved.delete")
"""Endpoints that open for the author of what they name alone: tests/states shows them to that author."""
FURTHER = {
    "portfolio.projects": (
        "?status=4&status=2&country={country-ge}", "?q=nic+takového", "?year=2013&sort=-start", "?size=25&certainty=document",
    ),
    "portfolio.frameworks": ("?kind=eu_dialogue", "?q=nic+takového", "?sort=-name"),
    "portfolio.organisations": ("?q=nic+takového", "?role=lead"),
    "portfolio.countries": ("?use=all", "?q=nic+takového"),
    "portfolio.events": ("?q=nic+takového", "?when=past&kind=workshop&country={country-ge}", "?year=2013&sort=name"),
    "calendar.month": ("?month=2013-11", "?month=2016-02&whose=mine"),
    "portfolio.questions": ("?state=settled", "?country={country-ge}&sort=about"),
    "portfolio.follow_ups": ("?due=overdue", "?q=nic+takového", "?state=open&sort=-due"),
    "obligations.reports": ("?due=overdue", "?q=nic+takového", "?state=planned&sort=-due"),
    "obligations.obligations": ("?kind=interim_financial&sort=-starts",),
    "register.files": ("?layout=portfolio&year=2016", "?q=nic+takového", "?layout=elsewhere&sort=file"),
    "register.choose": ("?layout=scoreboard&in=en&explained=1", "?layout=annual&whole=1", "?layout=project&at=1"),
    "register.cell": ("?sheet=Projekty&cell=B7",),
    "portfolio.milestones": ("?state=overdue&country={country-ge}", "?state=open&year=2013&sort=name"),
    "portfolio.activities": ("?state=running&country={country-ge}", "?year=2026&sort=-end"),
    "portfolio.indicators": ("?q=nic+takového", "?year=2013&sort=target"),
    "portfolio.risks": ("?level=high&state=open", "?likelihood=none&sort=name"),
    "portfolio.updates": ("?light=ok&status=none", "?q=nic+takového", "?year=2013&sort=name"),
    "portfolio.contacts": ("?due=soon", "?q=nic+takového", "?purpose=koordinace&sort=-delete_on"),
    "contacts.add": ("?concerns={prague-process}",),
    "portfolio.search": ("?q=gruzie+navratilci", "?q=migrace", "?q=xyzzy"),
    "portfolio.work": ("?scope=all",),
    "desk.tasks": ("?whose=all", "?q=nic+takového", "?whose=made&late=yes&kind=project&sort=-made"),
    "desk.add_task": ("?record={country-ge}",),
    "sources.documents": ("?q=nic+takového",),
    "legal.legal_instruments": ("?kind=czech_act&sort=-date", "?q=nic+takového", "?year=2011&status=none"),
    "dashboards.funding": ("?certainty=public", "?certainty=all&country={country-ge}", "?instrument=none"),
    "dashboards.records": ("?certainty=all",),
    "rates.index": ("?q=nic+takového", "?currency=CZK&year=2025&sort=currency"),
    "dashboards.charts": ("?group=projects&certainty=all", "?group=places&country={country-ge}"),
    "dashboards.part": ("?certainty=public",),
    "dashboards.chart": ("?certainty=public", "?page=7"),
}  # fmt: skip
"""Further views of a page by their query; a key in braces becomes the record's id."""


@dataclass(frozen=True)
class Address:
    """A path with its query, and the endpoint that answers."""

    endpoint: str
    path: str

    @property
    def is_page(self) -> bool:
        return self.endpoint not in (*FILES, *ITS_AUTHORS) and not self.path.split("?")[0].endswith(
            (".xlsx", ".csv", ".docx")
        )


class Samples:
    """Values of the parameters of addresses, from what the seed portfolio holds."""

    def __init__(self, app: Flask, s: Session) -> None:
        self.app, self.s = app, s

    @cached_property
    def ids(self) -> dict[str, int]:
        return dict(self.s.execute(select(Record.key, Record.id).where(Record.key.is_not(None))).all())

    @property
    def undoable(self) -> int:
        """The last change a person made, or the first of all."""
        made = select(Change.id).where(Change.door == "form").order_by(Change.id.desc())
        return self.s.scalar(made.limit(1)) or 1

    def first(self, kind: str, number: int = 1) -> list[int]:
        """The first records of a kind."""
        return list(self.s.scalars(select(Record.id).where(Record.kind == kind).order_by(Record.id).limit(number)))

    def of(self, endpoint: str, parameter: str) -> list:
        """The values to try, the telling ones. KeyError where nobody has thought of the parameter."""
        chosen = self._by_endpoint.get((endpoint, parameter)) or self._by_name[parameter]
        return chosen()

    @property
    def _by_endpoint(self) -> dict[tuple[str, str], Callable[[], list]]:
        subjects = ["prague-process-targeted-initiative", "mobility-partnership"]
        return {
            ("history.record", "record_id"): lambda: self.keyed(*subjects, "icmpd", "country-ge") + self.first("flow"),
            ("reporting.brief", "record_id"): lambda: self.keyed("country-ge", "country-md"),
            ("reporting.brief_file", "record_id"): lambda: self.keyed("country-ge"),
            ("reporting.brief_file", "ending"): lambda: ["docx", "xlsx"],
            ("history.undo", "change_id"): lambda: [self.undoable],
            **{
                (f"merging.{name}", "record_id"): lambda: self.keyed("georgia-reintegration-iom")
                for name in ("choose", "compare", "merge")
            },
            **{
                (f"budgets.{name}", "due_report_id"): lambda: list(
                    self.s.scalars(select(Expenditure.due_report_id).order_by(Expenditure.due_report_id).limit(1))
                )
                for name in ("money", "add_expenditure", "edit_expenditure", "edit_report_line")
            },
            ("donor_workbooks.carry", "donor_file_id"): lambda: list(
                self.s.scalars(select(DonorFile.id).order_by(DonorFile.id.desc()).limit(1))
            ),
            ("merging.separate", "record_id"): lambda: list(
                self.s.scalars(select(Record.id).where(Record.merged_into_id.is_not(None)).limit(1))
            ),
            ("sources.fact", "record_id"): lambda: self.keyed("prague-process-targeted-initiative"),
        }

    @property
    def _by_name(self) -> dict[str, Callable[[], list]]:
        return {
            "framework_id": lambda: self.keyed(
                "prague-process", "mobility-partnership", "eu-china-migration-dialogue",
                "programme-support-combating-illegal-migration",
            ),
            "project_id": lambda: self.keyed(
                "prague-process-targeted-initiative", "ppti-pp3-migration-development", "georgia-reintegration-iom", "eris",
            ),
            "organisation_id": lambda: self.keyed("european-commission", "icmpd"),
            "country_id": lambda: self.keyed("country-ge", "country-cz"),
            "document_id": lambda: self.first("document", 2),
            "instrument_id": lambda: self.first("instrument"),
            "legal_instrument_id": lambda: self.keyed(
                "eu-georgia-readmission-agreement", "gov-resolution-55-2003", "act-140-1961", "directive-2004-81-ec",
            ),
            "contract_id": lambda: self.first("contract"),
            "addendum_id": lambda: self.first("addendum"),
            "flow_id": lambda: self.first("flow", 2),
            "obligation_id": lambda: self.first("obligation"),
            "due_report_id": lambda: self.first("due_report", 2),
            "budget_id": lambda: self.first("budget"),
            "place": lambda: [1],
            "line": lambda: ["2.1"],
            "text": lambda: ["progress"],
            "sent_file_id": lambda: list(self.s.scalars(select(SentFile.id).order_by(SentFile.id).limit(1))),
            "donor_workbook_id": lambda: list(self.s.scalars(select(DonorWorkbook.id).order_by(DonorWorkbook.id))),
            "donor_file_id": lambda: list(self.s.scalars(select(DonorFile.id).order_by(DonorFile.id))),
            "donor_cell_id": lambda: list(self.s.scalars(select(DonorCell.id).order_by(DonorCell.id).limit(1))),
            "event_id": lambda: self.keyed("border-security-summit-2025", "eap-panel-prague-2013-11"),
            "follow_up_id": lambda: self.first("follow_up"),
            "question_id": lambda: self.first("question", 2),
            "milestone_id": lambda: self.first("milestone"),
            "activity_id": lambda: self.first("activity"),
            "indicator_id": lambda: self.first("indicator"),
            "value_id": lambda: self.first("indicator_value"),
            "risk_id": lambda: self.first("risk"),
            "contact_id": lambda: self.first("contact", 2),
            "phase_id": lambda: self.keyed("programme-phase-1"),
            "role_holder_id": lambda: self.keyed("minister-ie-2025"),
            "link_id": lambda: self.first("link"),
            "participation_id": lambda: self.first("participation"),
            "theme_id": lambda: self.first("theme"),
            "approval_id": lambda: list(
                self.s.scalars(select(StatusUpdate.id).where(StatusUpdate.approval != APPROVED).limit(1))
            ),
            "update_id": lambda: list(
                self.s.scalars(select(StatusUpdate.id).where(StatusUpdate.approval == APPROVED).limit(1))
            ),
            "record_id": lambda: self.keyed("prague-process-targeted-initiative", "mobility-partnership"),
            "other_id": lambda: self.keyed("eris"),
            "statement_id": lambda: [self.s.scalar(select(Statement.id).order_by(Statement.id).limit(1))],
            "comment_id": lambda: list(self.s.scalars(select(Comment.id).order_by(Comment.id).limit(1))),
            "task_id": lambda: list(self.s.scalars(select(Task.id).order_by(Task.id).limit(2))),
            "person_id": lambda: [self.s.scalar(select(Person.id).order_by(Person.id).limit(1))],
            "change_id": lambda: [1],
            "field": lambda: ["status", "pilot_projects_count", "amount"],
            "figure": lambda: ["known_funding", "known_funding_by_instrument", "projects_by_status"],
            "key": lambda: ["known_funding_by_instrument", "known_funding_by_framework", "projects_by_status"],
            "chart": lambda: ["timeline", "statuses", "lights", "partners", "known_funding_by_framework"],
            "ending": lambda: ["xlsx", "csv"],
            "sheet": lambda: sorted(self.app.extensions["portal.exports"]),
            "language": lambda: ["cs", "en"],
            "chapter": lambda: list(CHAPTERS),
            "currency": lambda: ["CZK"],
            "month": lambda: ["2025-03"],
            "hashed": list,
            "token": list,
            "code": list,
        }  # fmt: skip

    def keyed(self, *keys: str) -> list[int]:
        return [self.ids[key] for key in keys]


def addresses(app: Flask, s: Session) -> Iterator[Address]:
    """Every GET address with its samples, in the order of the URL map."""
    samples = Samples(app, s)
    builder = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" not in rule.methods:
            continue
        names = sorted(rule.arguments)
        for values in product(*(samples.of(rule.endpoint, name) for name in names)):
            path = builder.build(rule.endpoint, dict(zip(names, values, strict=True)))
            yield Address(rule.endpoint, path)
            for query in FURTHER.get(rule.endpoint, ()):
                yield Address(rule.endpoint, path + query.replace("{country-ge}", str(samples.ids["country-ge"])))


def pages(app: Flask, s: Session) -> list[Address]:
    """The addresses that answer with a page."""
    return [address for address in addresses(app, s) if address.is_page]
