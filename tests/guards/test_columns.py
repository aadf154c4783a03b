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
    contacts,
    events,
    frameworks,
    funding,
    legal,
    partners,
    progress,
    projects,
    questions,
    results,
)
from tests.guards.columns import columns, fill

load_models()
PAGES = {
    "document": ("/sources/{}", "documents"),
    "organisation": ("/organisations/{}", "organisations"),
    "country": ("/countries/{}", "countries"),
    "framework": ("/frameworks/{}", "frameworks"),
    "project": ("/projects/{}", "projects"),
    "legal_instrument": ("/legal/{}", "legal"),
    "instrument": ("/instruments/{}", "instruments"),
    "contract": ("/contracts/{}", "contracts"),
    "addendum": ("/addenda/{}", None),
    "flow": ("/flows/{}", "flows"),
    "participation": ("/roles/{}", None),
    "link": ("/links/{}", None),
    "status_update": ("/updates/{}", "updates"),
    "theme": ("/themes/{}", None),
    "event": ("/events/{}", "events"),
    "follow_up": ("/follow-ups/{}", "follow_ups"),
    "role_holder": ("/role-holders/{}", None),
    "phase": ("/phases/{}", None),
    "question": ("/questions/{}", "questions"),
    "milestone": ("/milestones/{}", "milestones"),
    "activity": ("/activities/{}", "activities"),
    "indicator": ("/indicators/{}", "indicators"),
    "indicator_value": ("/indicator-values/{}", None),
    "risk": ("/risks/{}", "risks"),
    "contact": ("/contacts/{}", "contacts"),
}
"""Kind → its address, below which `edit` is its form, and the sheet of its list."""
SHOWN_ON = {
    "participation": ("/projects/{}", "within_id"),
    "link": ("/projects/{}", "from_id"),
    "status_update": ("/projects/{}", "of_id"),
    "theme": ("/themes", "id"),
    "indicator_value": ("/indicators/{}", "indicator_id"),
}
"""Kinds without a page of their own: the page they stand on, and the column with the id in its address."""
EXPORTED_AS = {
    ("participation", "role"): ("projects", "participants"),
    ("participation", "within"): ("projects", "name_cs"),
    ("participation", "participant"): ("projects", "participants"),
    ("theme", "name"): ("projects", "themes"),
    ("role_holder", "name"): ("events", "participants"),
    ("indicator_value", "value"): ("indicators", "latest"),
    ("indicator_value", "period"): ("indicators", "latest_for"),
    ("indicator_value", "indicator"): ("indicators", "name_cs"),
}
"""Units that leave in the sheet of another kind: the sheet and the column."""
NAMELESS = ("participation", "link", "status_update", "indicator_value")
NEVER = ("name", "responsible", "reference", "file_mark", "placeholder", "confidential")
"""Units of the common table that no form of these kinds writes."""
NOT_EDITED = {
    ("*", "standing"): "a page of its own archives and withdraws, with the reason",
    ("*", "merged_into"): "a page of its own merges and separates, with the reason",
    ("*", "certainty"): "follows from the documents its statements cite",
    ("document", "certainty"): "follows from the origin of the document",
    ("country", "*"): "countries come with the code list",
    ("project", "light"): "a status update sets it",
    ("project", "light_on"): "a status update sets it",
    ("project", "reported_on"): "a status update sets it",
    ("addendum", "name"): "made of its contract and number",
    ("flow", "included_certainty"): "follows from what the inclusion rests on",
    ("participation", "within"): "a role elsewhere is another role: this one is taken away, the other given",
    (
        "participation",
        "participant",
    ): "a role of somebody else is another role: this one is taken away, the other given",
    ("link", "from"): "a relation of another record is another relation: this one is taken away, the other written",
    ("link", "to"): "a relation to another record is another relation: this one is taken away, the other written",
    ("link", "relation"): "another relation is another one: this one is taken away, the other written",
    ("status_update", "of"): "a report of another record is another report",
    ("status_update", "author"): "who wrote it stays, whoever corrects it; history says who did",
    ("status_update", "written_on"): "the day it was written is a fact of the portal, not of the project",
    **{
        ("status_update", unit): "approving and returning are actions of their own"
        for unit in ("approval", "decided_by", "returned_for")
    },
    **{(kind, "name"): "it has no name: it is called by what it joins" for kind in NAMELESS},
    **{(kind, "responsible"): "who answers for the record it stands on answers for it" for kind in NAMELESS},
    **{
        (kind, unit): "files are kept of the record it stands on"
        for kind in NAMELESS
        for unit in ("reference", "file_mark")
    },
    **{(kind, "placeholder"): "no source counts such things without naming them" for kind in NAMELESS},
    **{(kind, "confidential"): "it is hidden with the records it joins" for kind in NAMELESS},
    ("status_update", "note"): "its texts are what happened and what comes next",
    ("question", "about"): "a question about another record is another question",
    ("question", "state"): "settling it, and opening it again, are actions of their own",
    ("question", "answer"): "settling it is an action of its own, which asks for the source",
    ("question", "placeholder"): "no source counts such things without naming them",
    ("question", "confidential"): "it is hidden with what it is about",
    **{
        ("contact", unit): "a contact rests on no source and no file"
        for unit in ("reference", "file_mark", "placeholder")
    },
    ("contact", "confidential"): "it is hidden with its organisation",
    ("contact", "delete_on"): "moved on a page of its own, with a reason",
    ("contact", "entered_by"): "who entered it stays; history says who changed it",
    ("contact", "erased_on"): "written when the data are deleted, which leaves nothing to edit",
    ("indicator_value", "indicator"): "a value of another indicator is another value",
    ("theme", "responsible"): "a theme is a word; nobody answers for it",
    **{("theme", unit): "a theme is a word; no file is kept of it" for unit in ("reference", "file_mark")},
    ("theme", "placeholder"): "a theme is a word; no source counts it without naming it",
    ("theme", "confidential"): "a theme is a word for everybody; what it says of a hidden project is hidden with that",
}
WITHOUT_STANDING = ("document", "country", "theme", "contact", *NAMELESS)
"""Kinds that are not archived: what they say is corrected, or they are ended or go with what they stand on."""
NOT_SHOWN = {
    ("*", "merged_into"): "only the page of a merged record says it, which is in no list",
    **{(kind, "standing"): "it is never written" for kind in WITHOUT_STANDING},
    ("document", "certainty"): "the origin says it",
    ("document", "body"): "a tab of its own has it",
    ("framework", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("project", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("organisation", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("event", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("follow_up", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("role_holder", "certainty"): "every fact carries its own",
    ("question", "certainty"): "every fact carries its own, and the list can be narrowed by it",
    ("question", "placeholder"): "it is never written",
    ("question", "confidential"): "it is never written",
    ("phase", "certainty"): "every fact carries its own",
    **{
        (kind, "certainty"): "every fact carries its own, and the list can be narrowed by it"
        for kind in ("milestone", "indicator", "risk")
    },
    ("activity", "certainty"): "every fact carries its own",
    ("indicator_value", "certainty"): "its source mark says it",
    **{
        ("contact", unit): "it is never written"
        for unit in ("certainty", "reference", "file_mark", "placeholder", "confidential")
    },
    ("contact", "erased_on"): "where it is written all else is gone",
    ("country", "certainty"): "the country is a code",
    ("country", "placeholder"): "a country is never a placeholder",
    ("project", "light_on"): "the status update beside it carries its day",
    ("project", "reported_on"): "the status update beside it carries its day; the list has the column",
    ("flow", "unknown_reason"): "instead of an amount; here there is one",
    **{(kind, unit): "it is never written" for kind in NAMELESS for unit in NEVER},
    ("status_update", "note"): "it is never written",
    ("status_update", "certainty"): "every fact carries its own; the page says it where it is unsure",
    ("status_update", "approval"): "who approved it is shown; one that is not approved is marked, to those who see it",
    ("status_update", "returned_for"): "shown as long as the report is returned",
    ("participation", "certainty"): "its source mark says it; the page says it where it is unsure",
    ("link", "certainty"): "its source mark says it; the page says it where it is unsure",
    ("theme", "certainty"): "a theme is a word and rests on no source",
    **{("theme", unit): "it is never written" for unit in NEVER if unit != "name"},
}
NOT_EXPORTED = {
    ("*", "merged_into"): "merged records are in no file",
    **{(kind, "standing"): "it is never written" for kind in WITHOUT_STANDING},
    **{
        ("contact", unit): "it is never written"
        for unit in ("certainty", "reference", "file_mark", "placeholder", "confidential")
    },
    ("contact", "entered_by"): "who entered it is told on its page",
    ("contact", "erased_on"): "where it is written the contact is in no list",
    ("addendum", "*"): "in the sheet of contracts, one cell for the addenda of a contract",
    ("document", "body"): "a whole text is no cell; the page has it",
    ("participation", "certainty"): "in one cell stand all participants of a project; its page says how sure each is",
    ("participation", "note"): "in one cell stand all participants of a project; its page has the notes",
    **{
        ("link", unit): "relations are told on the pages of both ends"
        for unit in ("from", "to", "relation", "certainty")
    },
    ("link", "note"): "relations are told on the pages of both ends",
    **{(kind, unit): "it is never written" for kind in NAMELESS for unit in NEVER},
    ("status_update", "note"): "it is never written",
    **{
        ("status_update", unit): "only what is approved leaves; who approved it is told on the page"
        for unit in ("approval", "decided_by", "returned_for")
    },
    ("framework", "asks_approval"): "a setting of the portal, no fact of the framework",
    ("phase", "*"): "phases are read as a text on the page of their programme",
    ("role_holder", "*"): "people in office leave by name with the events they take part in; their page has the rest",
    ("activity", "*"): "activities are read on the page of their project",
    ("indicator_value", "certainty"): "the list of indicators has the latest value; the page of the indicator has all",
    ("indicator_value", "note"): "the list of indicators has the latest value; the page of the indicator has all",
    ("theme", "note"): "themes leave with the projects that have them; the page of themes has the note",
    ("theme", "certainty"): "a theme is a word and rests on no source",
    **{("theme", unit): "it is never written" for unit in NEVER if unit != "name"},
}


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
            "event": events.event(s, "Jiné jednání"), "under": other, "owner": organisation, "about": other, "concerns": other,
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
