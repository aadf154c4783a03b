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
from tests.factories import accounts, frameworks, funding
from tests.guards.columns import columns, fill

load_models()
PAGES = {
    "document": ("/sources/{}", "documents"),
    "organisation": ("/organisations/{}", "organisations"),
    "country": ("/countries/{}", "countries"),
    "framework": ("/frameworks/{}", "frameworks"),
    "project": ("/projects/{}", "projects"),
    "instrument": ("/instruments/{}", "instruments"),
    "contract": ("/contracts/{}", "contracts"),
    "addendum": ("/addenda/{}", None),
    "flow": ("/flows/{}", "flows"),
}
"""Kind → its page and the sheet of its list."""
INSIDE = {
    "participation": "stands on the pages of both its ends; the participants of projects and frameworks are a column",
    "link": "stands on the pages of both its ends",
    "status_update": "stands on the page of what it is of; lists repeat the latest",
    "theme": "a word for projects, shown and exported with them; it has no page of its own yet",
}
NOT_EDITED = {
    ("*", "certainty"): "follows from the documents its statements cite",
    ("document", "certainty"): "follows from the origin of the document",
    ("country", "*"): "countries come with the code list",
    ("project", "light"): "a status update sets it",
    ("project", "light_on"): "a status update sets it",
    ("project", "reported_on"): "a status update sets it",
    ("addendum", "name"): "made of its contract and number",
    ("flow", "included_certainty"): "follows from what the inclusion rests on",
}
NOT_SHOWN = {
    ("document", "certainty"): "the origin says it",
    ("document", "body"): "a tab of its own has it",
    ("framework", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("project", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("organisation", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("country", "certainty"): "the country is a code",
    ("country", "placeholder"): "a country is never a placeholder",
    ("project", "light_on"): "the status update beside it carries its day",
    ("project", "reported_on"): "the status update beside it carries its day; the list has the column",
    ("flow", "unknown_reason"): "instead of an amount; here there is one",
}
NOT_EXPORTED = {
    ("addendum", "*"): "in the sheet of contracts, one cell for the addenda of a contract",
    ("document", "body"): "a whole text is no cell; the page has it",
}


def why(table: dict, kind: str, unit: str) -> str | None:
    return table.get((kind, unit)) or table.get((kind, "*")) or table.get(("*", unit))


@pytest.fixture
def filled(seeded_engine):
    """A record of each kind with every column filled, and what stands for each: {kind: (id, samples)}."""
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
            "instrument": funding.instrument(s, "Jiný nástroj"), "contract": contract,
            "addendum": funding.addendum(s, contract, number="77"), "flow": funding.flow(s, other, 5),
        }  # fmt: skip
        mine = {
            "document": funding.document(s, "x"), "organisation": funding.organisation(s, "x"),
            "country": s.scalars(select(Record).where(Record.key == "country-fj")).one(),
            "framework": frameworks.framework(s, "x"), "project": funding.project(s, "x", framework=framework),
            "instrument": funding.instrument(s, "x"), "contract": funding.contract(s, other, "x"),
            "addendum": funding.addendum(s, contract, number="1"), "flow": funding.flow(s, other, 9),
        }  # fmt: skip
        reader = s.scalars(select(Person).where(Person.id == person.id)).one()
        for kind, record in mine.items():
            made[kind] = (record.id, list(fill(s, record, others, reader.id)))
            record.confidential = True
            s.flush()
    return made


def words(soup) -> str:
    if history := soup.find(id="history"):
        history.decompose()  # what was written last stands there, whatever it is
    return " ".join(soup.main.get_text(" ").replace("\u2060", "").split())


def test_every_kind_is_walked() -> None:
    kinds = {m.polymorphic_identity for m in Record.__mapper__.self_and_descendants} - {None}
    assert kinds == set(PAGES) | set(INSIDE)


def test_every_column_is_shown_edited_and_exported_or_says_why_not(filled, seeded_as, seeded_app) -> None:
    browser = seeded_as("administrator", lang="cs")
    lacking = []
    for model in (m.class_ for m in Record.__mapper__.self_and_descendants if m.polymorphic_identity in PAGES):
        kind = model.__mapper_args__["polymorphic_identity"]
        path, sheet = PAGES[kind]
        record_id, samples = filled[kind]
        page = words(browser.get(path.format(record_id)).soup)
        form = fields(browser, path, record_id) if ("country", "*") != (kind, "*") else set()
        exported = {c.key for c in registered(seeded_app)[sheet].sheet.columns} if sheet else set()
        assert {sample.unit for sample in samples} == set(columns(model))
        for sample in samples:
            unit = sample.unit
            if not ({unit, f"{unit}_cs"} & form or why(NOT_EDITED, kind, unit)):
                lacking.append(f"{kind}.{unit} cannot be edited")
            if not (sample.words in page or why(NOT_SHOWN, kind, unit)):
                lacking.append(f"{kind}.{unit} ({sample.words!r}) is not shown")
            if not ({unit, f"{unit}_cs"} & exported or why(NOT_EXPORTED, kind, unit)):
                lacking.append(f"{kind}.{unit} is not exported")
    assert not lacking, "\n".join(lacking)


def fields(browser, path: str, record_id: int) -> set[str]:
    """The names of the fields of the edit form."""
    form = browser.get(f"{path.format(record_id)}/edit").form()
    return {tag["name"] for tag in form.find_all(["input", "select", "textarea"]) if tag.get("name")}


def test_no_exception_outlives_its_column() -> None:
    units = {m.polymorphic_identity: set(columns(m.class_)) for m in Record.__mapper__.self_and_descendants}
    for table in (NOT_EDITED, NOT_SHOWN, NOT_EXPORTED):
        for kind, unit in table:
            assert kind == "*" or unit == "*" or unit in units[kind], f"{kind}.{unit}"
