"""Every column of every kind of record can be edited, is shown on its page and leaves in its list's file, or says why not."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal import load_models
from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.workbooks.exports import registered
from tests.factories import (
    accounts,
    budgets,
    contacts,
    events,
    frameworks,
    funding,
    legal,
    obligations,
    partners,
    progress,
    projects,
    questions,
    results,
)
from tests.guards.column_reasons import EXPORTED_AS, NOT_EDITED, NOT_EXPORTED, NOT_SHOWN, PAGES, SHOWN_ON
from tests.guards.columns import columns, fill

load_models()


def why(table: dict, kind: str, unit: str) -> str | None:
    return table.get((kind, unit)) or table.get((kind, "*")) or table.get(("*", unit))


@pytest.fixture
def filled(seeded_engine):
    """A record of each kind with every column filled, its page, and what stands for each: {kind: (id, page, samples)}."""
    made = {}
    with transaction.unit(seeded_engine) as s, change(s, None, "command", actor_name="zkouška"):
        person = accounts.person(s, "editor", name="Zodpovědná osoba")
        framework = frameworks.framework(s, "Jiný rámec")
        other = funding.project(s, "Jiný projekt", framework=framework)
        organisation = funding.organisation(s, "Jiná organizace")
        contract = funding.contract(s, other, "JINÁ/1")
        others = {
            "framework": framework, "project": other, "organisation": organisation, "record": organisation,
            "country": s.scalars(select(Record).where(Record.key == "country-ge")).one(),
            "legal_instrument": legal.legal_instrument(s, "Jiná dohoda"),
            "instrument": funding.instrument(s, "Jiný nástroj"), "contract": contract,
            "addendum": funding.addendum(s, contract, number="77"), "flow": funding.flow(s, other, 5),
            "obligation": obligations.obligation(s, other, "Jiná povinnost"),
            "event": events.event(s, "Jiné jednání"), "under": other, "owner": organisation, "recipient": organisation,
            "about": other, "concerns": other,
            "within": other, "from": other, "of": other, "to": framework, "participant": organisation,
        }  # fmt: skip
        mine = {
            "document": funding.document(s, "x"), "organisation": funding.organisation(s, "x"),
            "country": s.scalars(select(Record).where(Record.key == "country-fj")).one(),
            "framework": frameworks.framework(s, "x"), "project": funding.project(s, "x", framework=framework),
            "legal_instrument": legal.legal_instrument(s, "x"),
            "instrument": funding.instrument(s, "x"), "contract": funding.contract(s, other, "x"),
            "addendum": funding.addendum(s, contract, number="1"), "flow": funding.flow(s, other, 9),
            "participation": partners.role(s, other, organisation), "link": partners.link(s, other, framework),
            "status_update": progress.update(s, other, "2011", light="ok", happened="x"), "theme": projects.theme(s, "x"),
            "event": events.event(s, "x"), "role_holder": events.role_holder(s, "x"),
            "phase": frameworks.phase(s, framework, "x"),
            "question": questions.question(s, other, "x"), "milestone": results.milestone(s, other, "x"),
            "activity": results.activity(s, other, "x"), "indicator": results.indicator(s, other, "x"),
            "risk": results.risk(s, other, "x"), "contact": contacts.contact(s, organisation, "x"),
            "obligation": obligations.obligation(s, other, "x"), "due_report": obligations.due_report(s, other, name="y"),
            "budget": budgets.budget(s, contract, lines=(), agreed=False),
        }  # fmt: skip
        measured = others["indicator"] = results.indicator(s, other, "Jiný ukazatel")
        mine |= {
            "indicator_value": results.measured(s, measured, "2011", "1"),
            "follow_up": events.follow_up(s, others["event"], "x"),
        }  # fmt: skip
        reader = s.scalars(select(Person).where(Person.id == person.id)).one()
        for kind, record in mine.items():
            samples = list(fill(s, record, others, reader.id))
            record.confidential = True
            s.flush()
            page, column = SHOWN_ON.get(kind, (PAGES[kind][0], "id"))
            made[kind] = (record.id, page.format(getattr(record, column)), samples)
    return made


def words(soup) -> str:
    if history := soup.find(id="history"):
        history.decompose()  # what was written last stands there, whatever it is
    return " ".join(soup.main.get_text(" ").replace("\u2060", "").split())


def test_every_kind_is_walked() -> None:
    kinds = {m.polymorphic_identity for m in Record.__mapper__.self_and_descendants} - {None}
    assert kinds == set(PAGES)


def test_every_column_is_shown_edited_and_exported_or_says_why_not(filled, seeded_as, seeded_app) -> None:
    browser = seeded_as("administrator", lang="cs")
    sheets = {key: {c.key for c in one.sheet.columns} for key, one in registered(seeded_app).items()}
    lacking = []
    for model in (m.class_ for m in Record.__mapper__.self_and_descendants if m.polymorphic_identity):
        kind = model.__mapper_args__["polymorphic_identity"]
        path, sheet = PAGES[kind]
        record_id, shown_on, samples = filled[kind]
        page = words(browser.get(shown_on).soup).casefold()
        form = fields(browser, path, record_id) if ("country", "*") != (kind, "*") else set()
        exported = sheets[sheet] if sheet else set()
        assert {sample.unit for sample in samples} == set(columns(model))
        for sample in samples:
            unit = sample.unit
            if not ({unit, f"{unit}_cs"} & form or why(NOT_EDITED, kind, unit)):
                lacking.append(f"{kind}.{unit} cannot be edited")
            if not (sample.words.casefold() in page or why(NOT_SHOWN, kind, unit)):
                lacking.append(f"{kind}.{unit} ({sample.words!r}) is not shown")
            elsewhere, column = EXPORTED_AS.get((kind, unit), (None, ""))
            leaves = column in sheets[elsewhere] if elsewhere else {unit, f"{unit}_cs"} & exported
            if not (leaves or why(NOT_EXPORTED, kind, unit)):
                lacking.append(f"{kind}.{unit} is not exported")
    assert not lacking, "\n".join(lacking)


def fields(browser, path: str, record_id: int) -> set[str]:
    """The names of the fields of the edit form."""
    form = browser.get(f"{path.format(record_id)}/edit").form()
    return {tag["name"] for tag in form.find_all(["input", "select", "textarea"]) if tag.get("name")}


def test_no_exception_outlives_its_column() -> None:
    units = {m.polymorphic_identity: set(columns(m.class_)) for m in Record.__mapper__.self_and_descendants}
    for table in (NOT_EDITED, NOT_SHOWN, NOT_EXPORTED, EXPORTED_AS):
        for kind, unit in table:
            assert kind == "*" or unit == "*" or unit in units[kind], f"{kind}.{unit}"
