"""Every list that can be taken away filters by all that the portal is filtered by, or says why it does not."""

from __future__ import annotations

from portal.workbooks.exports import registered

CONCEPTS = (
    "framework", "status", "country", "organisation", "role", "instrument", "year", "light", "responsible", "certainty",
    "text",
)  # fmt: skip
CALLED = {
    ("*", "text"): ("q",),
    ("documents", "certainty"): ("origin",),
    ("flows", "organisation"): ("provider", "receiver"),
    ("flows", "role"): ("provider", "receiver"),
    ("follow_ups", "status"): ("state",),
    ("follow_ups", "organisation"): ("owner",),
    ("follow_ups", "role"): ("owner",),
    ("milestones", "status"): ("state",),
    ("reports", "status"): ("state",),
    **{
        (sheet, concept): ("recipient",) for sheet in ("reports", "obligations") for concept in ("organisation", "role")
    },
    ("activities", "status"): ("state",),
    ("risks", "status"): ("state",),
    ("instruments", "organisation"): ("owner",),
    ("instruments", "role"): ("owner",),
    ("legal", "organisation"): ("adopted_by",),
    ("legal", "role"): ("adopted_by",),
}
"""Filters that have a name of their own in a list: whose a document is says how sure it makes a fact."""
PROJECTS_ONLY = "only a project is rated"
LEFT_OUT = {
    ("frameworks", "light"): PROJECTS_ONLY,
    ("frameworks", "instrument"): "money has an instrument: the list of flows has both filters",
    ("organisations", "status"): "an organisation has no status",
    ("organisations", "organisation"): "the row is the organisation",
    ("organisations", "instrument"): "money has an instrument: the list of flows has it beside provider and receiver",
    ("organisations", "year"): "an organisation stays; its projects have years",
    ("organisations", "light"): PROJECTS_ONLY,
    ("countries", "status"): "a country has no status",
    ("countries", "country"): "the row is the country",
    ("countries", "organisation"): "the list of organisations filters by country",
    ("countries", "instrument"): "money has an instrument: the list of flows has it beside the country",
    ("countries", "year"): "a country stays; its projects have years",
    ("countries", "light"): PROJECTS_ONLY,
    ("countries", "responsible"): "countries come with the code list, nobody answers for one",
    ("countries", "certainty"): "countries come with the code list",
    ("updates", "instrument"): "money has an instrument: the list of flows has it beside the project and the framework",
    ("events", "status"): "an event has a date; the filter asks whether it is past",
    ("events", "light"): PROJECTS_ONLY,
    ("events", "instrument"): "money has an instrument: the list of flows has it beside the project and the framework",
    ("questions", "status"): "the filter asks for its state",
    ("questions", "organisation"): "the filter asks what it is about",
    ("questions", "role"): "nobody takes part in a question",
    ("questions", "instrument"): "the filter asks what it is about",
    ("questions", "year"): "a question has no date; history says when it was asked",
    ("questions", "light"): PROJECTS_ONLY,
    **{
        (sheet, "instrument"): "money has an instrument: the list of flows has it beside the project and the framework"
        for sheet in ("milestones", "activities", "indicators", "risks")
    },
    **{(sheet, "light"): PROJECTS_ONLY for sheet in ("milestones", "activities", "indicators", "risks")},
    ("indicators", "status"): "an indicator has values, no status",
    ("risks", "year"): "a risk has no date; history says when it was named",
    ("follow_ups", "light"): PROJECTS_ONLY,
    ("follow_ups", "instrument"): "money has an instrument: the list of flows has it beside the project and the framework",
    **{
        ("tasks", concept): "a task is of the desk and of any record: its record's page and list have these filters"
        for concept in ("framework", "status", "country", "organisation", "role", "instrument", "light", "certainty")
    },
    ("tasks", "year"): "a task is open now or closed; what is overdue has a filter of its own",
    ("tasks", "responsible"): "whose it is has a filter of its own",
    **{
        ("contacts", concept): "a contact is of an organisation: its list has these filters"
        for concept in ("framework", "status", "country", "role", "instrument", "light")
    },
    ("contacts", "year"): "a contact is kept until a day: the filter asks when it is deleted",
    ("contacts", "certainty"): "a contact rests on no source",
    ("contracts", "status"): "a contract has dates, no status",
    ("obligations", "status"): "its reports have states",
    ("obligations", "year"): "its reports have periods and days",
    ("reports", "certainty"): "it follows from its obligation, whose list has the filter",
    **{
        (sheet, concept): "it stands at a contract or a framework: their lists have these filters"
        for sheet in ("reports", "obligations")
        for concept in ("country", "instrument")
    },
    **{(sheet, "light"): PROJECTS_ONLY for sheet in ("reports", "obligations")},
    ("contracts", "light"): PROJECTS_ONLY,
    **{
        ("sent_files", concept): "a file is of a report: the list of reports has these filters"
        for concept in CONCEPTS
        if concept not in ("year", "text")
    },
    ("instruments", "framework"): "an instrument serves all of them: the list of flows has both filters",
    ("instruments", "status"): "an instrument has a period, no status",
    ("instruments", "country"): "an instrument serves all of them: the list of flows has both filters",
    ("instruments", "instrument"): "the row is the instrument",
    ("instruments", "light"): PROJECTS_ONLY,
    ("flows", "status"): "a flow has a type, no status",
    ("flows", "light"): PROJECTS_ONLY,
    ("legal", "framework"): "its page lists what it grounds, and that of each framework what it rests on",
    ("legal", "country"): "it stands for no country: its name, which is searched, says with whom it is",
    ("legal", "instrument"): "the page of each instrument names its legal basis",
    ("legal", "light"): PROJECTS_ONLY,
    **{
        ("rates", concept): "a rate is of a month and a currency; it belongs to no record of the portfolio"
        for concept in CONCEPTS
        if concept not in ("year", "text")
    },
    ("documents", "framework"): "a document carries facts of many records; the page of each names its sources",
    ("documents", "status"): "a document has no status",
    ("documents", "country"): "a document carries facts of many records; the page of each names its sources",
    ("documents", "organisation"): "nobody takes part in a document; its text and publisher are searched",
    ("documents", "role"): "nobody takes part in a document",
    ("documents", "instrument"): "a document carries facts of many records; the page of each names its sources",
    ("documents", "light"): PROJECTS_ONLY,
}  # fmt: skip


def called(sheet: str, concept: str) -> tuple[str, ...]:
    """The names of the filters that answer a concept in a list."""
    return CALLED.get((sheet, concept)) or CALLED.get(("*", concept)) or (concept,)


def lacking(sheet: str, names: set[str]) -> list[str]:
    """The concepts a list with filters of these names neither has nor excuses."""
    missing = [concept for concept in CONCEPTS if not set(called(sheet, concept)) <= names]
    return [f"{sheet}: {concept}" for concept in missing if (sheet, concept) not in LEFT_OUT]


def filters(app) -> dict[str, set[str]]:
    return {sheet: {one.name for one in export.listing.filters} for sheet, export in registered(app).items()}


def test_every_list_has_every_filter_or_says_why_not(app) -> None:
    found = filters(app)
    assert len(found) >= 8
    assert [gap for sheet, names in found.items() for gap in lacking(sheet, names)] == []


def test_no_excuse_outlives_its_gap(app) -> None:
    found = filters(app)
    kept = [f"{sheet}: {c}" for sheet, c in LEFT_OUT if sheet not in found or set(called(sheet, c)) <= found[sheet]]
    strange = [f"{s}: {c}" for s, c in (*LEFT_OUT, *CALLED) if c not in CONCEPTS or s not in {*found, "*"}]
    assert kept + strange == []


def test_a_list_without_a_filter_and_without_a_reason_is_found() -> None:
    whole = {name for concept in CONCEPTS for name in called("projects", concept)}
    assert lacking("projects", whole) == []
    assert lacking("projects", whole - {"year", "q"}) == ["projects: year", "projects: text"]
    assert lacking("flows", whole - {"light", "status"} | {"provider"}) == ["flows: organisation", "flows: role"]


def test_what_a_filter_reads_of_another_stands_before_it(app) -> None:
    """A role is asked of the organisations or frameworks chosen: a view reads its filters in their order."""
    for sheet, export in registered(app).items():
        names = [one.name for one in export.listing.filters]
        for first in ("organisation", "framework"):
            if {first, "role"} <= set(names):
                assert names.index(first) < names.index("role"), sheet
