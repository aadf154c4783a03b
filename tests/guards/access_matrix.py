"""Role × route × record: what each address must answer, worked out from a table of its own, and what it does answer.

The table is access_table.py. `walk` asks every address of an application and returns each disagreement in words.
A new address is asked as soon as it exists; a new name in an address needs a line in RECORDS or in `Matrix.plain`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from flask import Flask
from werkzeug.routing import Rule

from portal.kernel import clock, transaction
from tests import machine
from tests.guards.access_sample import BRIEFLY, asked
from tests.guards.access_table import EXPECTED, expected
from tests.guards.access_world import CANARY, CASES, FEED, NOON, STRANGERS, World

RECORDS: dict[str, tuple[str, ...]] = {
    "project_id": ("project",), "framework_id": ("framework",), "organisation_id": ("organisation",),
    "country_id": ("country",), "theme_id": ("theme",), "document_id": ("document",), "instrument_id": ("instrument",),
    "legal_instrument_id": ("legal_instrument",),
    "contract_id": ("contract",), "addendum_id": ("addendum",), "flow_id": ("flow",), "link_id": ("link",),
    "participation_id": ("participation",), "update_id": ("status_update",), "status_update_id": ("status_update",),
    "approval_id": ("approval",), "comment_id": ("comment",), "task_id": ("task",),
    "statement_id": ("statement",), "event_id": ("event",), "follow_up_id": ("follow_up",),
    "role_holder_id": ("role_holder",), "phase_id": ("phase",), "question_id": ("question",), "citation_id": ("citation",),
    "milestone_id": ("milestone",), "activity_id": ("activity",), "indicator_id": ("indicator",),
    "obligation_id": ("obligation",), "due_report_id": ("due_report",), "sent_file_id": ("sent_file",),
    "budget_id": ("budget",),
    "donor_workbook_id": ("donor_workbook",), "donor_file_id": ("donor_file",), "donor_cell_id": ("donor_cell",),
    "value_id": ("indicator_value",), "risk_id": ("risk",), "contact_id": ("contact",),
    "record_id": ("project", "framework"),
    "other_id": ("second",),
    "change_id": ("edit",),
}  # fmt: skip
"""Which sample records (or changes of them) a name in an address stands for, one after the other, as far as there are any."""

SUBJECTS = {
    **dict.fromkeys(("reporting.brief", "reporting.brief_file"), ("country", "framework")),
    **dict.fromkeys(("merging.choose", "merging.compare", "merging.merge"), ("project",)),
    "merging.separate": ("merged",),
}
"""Endpoints whose record is of other kinds than its name says elsewhere."""
FIGURES_ASKED = (
    "known_funding", "known_funding_by_instrument", "commitments_by_country", "absorption", "projects", "projects_by_status",
    "events", "overdue_tasks",
)  # fmt: skip
"""Figures asked for: each unit, whole and parted; all others go through the same SELECTs (tests/figures/test_rights.py)."""
ENDINGS = {"reporting.brief_file": ["docx", "xlsx"], "dashboards.records_file": ["csv"]}


@dataclass
class Answer:
    """What came back, and the words of it (an unpacked workbook, a page without its tokens)."""

    status: int
    location: str
    body: bytes

    @property
    def verdict(self) -> str:
        if (self.status in (302, 303) and "/sign-in" in self.location) or self.status == 401:
            return "sign in first"
        if self.status == 403:
            return "refused"
        if self.status == 404:
            return "absent"
        return "allowed" if self.status < 500 else "broken"

    @property
    def text(self) -> str:
        if self.body[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(self.body)) as package:
                return "\n".join(package.read(name).decode("utf-8", "replace") for name in sorted(package.namelist()))
        return self.body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """The text without what differs from one request to the next."""
        text = re.sub(r'name="csrf_token"[^>]*>', "", self.text)
        text = re.sub(r'(name="version"[^>]*value=")\d+', r"\1", text)
        return re.sub(r"<code>[0-9a-f]{12}</code>", "", text)


@dataclass
class Matrix:
    """Asks the addresses of one application built on one world: all, `only` those of some endpoints, or one `half` (0 or 1)."""

    app: Flask
    world: World
    only: Collection[str] | None = None
    half: int | None = None
    cookies: dict[str, str | None] = field(default_factory=dict)
    form_tokens: dict[str, str] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        rules = [r for r in self.app.url_map.iter_rules() if self.only is None or r.endpoint in self.only]
        found = sorted(rules, key=lambda r: (r.endpoint, r.rule))
        return found if self.half is None else found[self.half :: 2]

    def plain(self) -> dict[str, list[str]]:
        """Values of the names in addresses that stand for no record."""
        from portal.dashboards.gallery import GALLERY
        from portal.dashboards.queries import CHARTS
        from portal.workbooks import exports

        with self.app.app_context():
            sheets = sorted(exports.registered())
        return {
            "language": ["cs"],
            "token": [FEED],
            "hashed": [self.app.extensions["portal.assets"].by_name["portal.css"].hashed],
            "person_id": [str(self.world.people["editor_nowhere"])],
            "sheet": sheets,
            "figure": [*FIGURES_ASKED],
            "key": sorted(CHARTS),
            "chart": sorted(GALLERY),
            "ending": ["csv", "xlsx"],
            "field": ["status"],
            "currency": ["CZK"],
            "month": ["2025-03"],
            "place": ["1"],
            "line": ["2.1"],
            "text": ["summary"],
            "chapter": ["people"],  # its address of the administration is a link for some only
        }

    def addresses(self, rule: Rule, situation: str) -> Iterator[str]:
        """The addresses of a rule for records of one situation; ValueError for a name nobody explained."""
        values: list[dict[str, str]] = [{}]
        plain = self.plain()
        for name in sorted(rule.arguments):
            if name in plain:
                ones = ENDINGS.get(rule.endpoint, plain[name]) if name == "ending" else plain[name]
                values = [{**v, name: one} for v in values for one in ones]
            elif name in RECORDS:
                of = self.world.records[situation]
                kinds = SUBJECTS.get(rule.endpoint, RECORDS[name]) if name == "record_id" else RECORDS[name]
                ids = [of[kind] for kind in kinds if kind in of]
                values = [{**v, name: str(one)} for v in values for one in ids]
            else:
                raise ValueError(f"{rule.rule}: say in access_matrix.py what <{name}> stands for")
        for one in values:
            built = rule.build({k: int(v) if v.isdigit() else v for k, v in one.items()}, append_unknown=False)
            assert built is not None, f"{rule.rule} cannot be built from {one}"
            yield built[1]

    def of_a_record(self, rule: Rule) -> bool:
        return any(name in RECORDS for name in rule.arguments)

    def of_no_record(self, rule: Rule) -> bool:
        """Whether an address holds a name that stands for no record."""
        return not set(RECORDS) >= rule.arguments

    def ask(
        self, case: str, method: str, address: str, data: dict | None = None, headers: dict | None = None
    ) -> Answer:
        """One request of a browser that holds the case's cookie."""
        browser = self.app.test_client()
        if case not in self.cookies:
            token = self.world.tokens.get(case)
            if token is not None:
                with browser.session_transaction() as cookie:
                    cookie["visit"] = token
            page = browser.get("/sign-in" if case in STRANGERS else "/account").get_data(as_text=True)
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
            self.form_tokens[case] = found[1] if found else ""
            kept = browser.get_cookie("portal")
            self.cookies[case] = kept.value if kept else None
        if self.cookies[case] is not None:
            browser.set_cookie("portal", self.cookies[case])
        response = browser.open(address, method=method, data=data, headers=headers)
        return Answer(response.status_code, response.headers.get("Location", ""), response.get_data())

    def form(self, case: str) -> dict[str, str]:
        """An otherwise empty form with the token this browser was given."""
        if case not in self.form_tokens:
            self.ask(case, "GET", "/account")
        return {"csrf_token": self.form_tokens[case]}


def right(case: str, permission: str, situation: str | None, method: str, past: bool) -> set[str]:
    """The verdicts that are right."""
    if past and method == "POST":
        return {"past is not written"}
    if permission == "public":
        return {"allowed", "sign in first"}  # after signing out one stands before the sign-in page
    if case in STRANGERS:
        return {"sign in first"}
    if not expected(case, permission, None):
        # Refused before anything is loaded; a hidden record may also answer as if there were none.
        return {"refused", "absent"} if situation == "secret" and not case.endswith("_named") else {"refused"}
    if situation == "secret" and not case.endswith("_named"):
        return {"absent"}
    return {"allowed"} if expected(case, permission, situation) else {"refused"}


def walk(matrix: Matrix, cases: Collection[str] = CASES) -> list[str]:
    """Ask every address as everybody about records of every situation, now and in the past. Returns what is wrong."""
    wrong: list[str] = []
    with nothing_kept(), clock.stopped_at(NOON):
        for rule in matrix.rules():
            permission = getattr(matrix.app.view_functions[rule.endpoint], "needs", None)
            if permission is None or (permission != "public" and permission not in EXPECTED):
                wrong.append(f"{rule.endpoint}: {permission!r} is not in the table of the matrix")
                continue
            for situation in [x for x in matrix.world.records if x == "own" or matrix.of_a_record(rule)]:
                for n, address in enumerate(matrix.addresses(rule, situation)):
                    brief = n > 0 and matrix.of_no_record(rule) and not machine.prove()
                    some = [case for case in cases if case in BRIEFLY] if brief else cases
                    wrong += _ask_all(matrix, rule, address, permission, situation, some)
    return wrong


def _ask_all(
    matrix: Matrix, rule: Rule, address: str, permission: str, situation: str, cases: Collection[str]
) -> Iterator[str]:
    where = situation if matrix.of_a_record(rule) else None
    for method in sorted({"GET", "POST"} & rule.methods):
        for past in (None, matrix.world.before_secrecy):
            at = address if past is None else f"/k/{past}{address}"
            for case in asked(cases, permission, where, method, past, rule.rule):
                answer = matrix.ask(case, method, at, matrix.form(case) if method == "POST" else None)
                verdict = "past is not written" if past is not None and answer.status == 405 else answer.verdict
                good = right(case, permission, where, method, past is not None)
                if verdict not in good:
                    said = f"{answer.status} {verdict}, not {' or '.join(sorted(good))}"
                    yield f"{case} {method} {at} ({rule.endpoint}, {situation}): {said}"
                if CANARY in answer.text.lower() and not case.endswith("_named"):
                    yield f"{case} {method} {at} ({rule.endpoint}): shows a confidential record"


class nothing_kept:
    """Within the block every commit of the portal is a rollback: forms may be sent without wearing the world out."""

    def __enter__(self) -> None:
        self.commit = transaction.commit
        transaction.commit = transaction.rollback

    def __exit__(self, *error: object) -> None:
        transaction.commit = self.commit
