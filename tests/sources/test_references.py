"""No action takes a reference to a record that its writer may not see, that is not there, or that is of another kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from portal.frameworks.actions import add_framework, edit_framework
from portal.funding.actions import edit_addendum, edit_contract, edit_flow, edit_instrument
from portal.kernel.errors import InvalidInput
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.legal.actions import edit_legal_instrument
from portal.partners.actions import add_organisation, edit_organisation
from portal.projects.actions import add_project, edit_project
from portal.sources.facts import Pair, facts_of_kind
from tests.factories import accounts, changing, frameworks, funding, legal, partners, projects

EDITS: dict[str, Callable] = {
    "framework": edit_framework, "organisation": edit_organisation, "project": edit_project, "instrument": edit_instrument,
    "legal_instrument": edit_legal_instrument, "contract": edit_contract, "addendum": edit_addendum, "flow": edit_flow,
}  # fmt: skip
ADDS: dict[str, Callable] = {"framework": add_framework, "organisation": add_organisation, "project": add_project}
SETS = {"further_frameworks": "framework", "countries": "country", "themes": "theme"}
NOBODY = 999_999


def one_of_each(s: Session, country: str = "XA") -> dict[str, Record]:
    project = funding.project(s, "Projekt")
    contract = funding.contract(s, project, "SML/1")
    return {
        "framework": frameworks.framework(s, "Rámec"), "organisation": funding.organisation(s, "Organizace"),
        "country": partners.country(s, "Země", country), "theme": projects.theme(s, f"Téma {country}"), "project": project,
        "legal_instrument": legal.legal_instrument(s, "Dohoda"),
        "instrument": funding.instrument(s, "Nástroj"), "contract": contract,
        "addendum": funding.addendum(s, contract, number="1"), "flow": funding.flow(s, project, 5),
    }  # fmt: skip


@pytest.fixture
def records(s) -> tuple[dict[str, Record], dict[str, Record]]:
    """One record of each kind that everybody sees, and one that is confidential."""
    seen, hidden = one_of_each(s), one_of_each(s, "XB")
    with changing(s):
        for record in hidden.values():
            record.confidential = True
        settle(s, hidden.values())
    return seen, hidden


def references() -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Kind, field, kinds of records it may name, whether it is a set."""
    single = [
        (kind, f.field, f.kinds, False) for kind in EDITS for f in facts_of_kind(kind).values() if f.type == "record"
    ]
    return single + [("project", field, (kind,), True) for field, kind in SETS.items()]


def refused(s: Session, call: Callable, *args) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught, changing(s):
        call(s, *args)
    return caught.value.errors


def test_a_reference_that_cannot_be_is_refused_everywhere(s, records) -> None:
    seen, hidden = records
    editor = accounts.actor(s, "editor", everywhere=True)
    said, expected = {}, {}
    for kind, field, kinds, many in references():
        wrong = seen["country" if kinds[0] != "country" else "organisation"]
        if wrong.kind in kinds:
            wrong = seen["instrument"]
        for why, i, code in (
            ("hidden", hidden[kinds[0]].id, "no_such_record"),
            ("nobody", NOBODY, "no_such_record"),
            ("wrong", wrong.id, "wrong_kind"),
        ):
            value = [i] if many else i
            if field in ("booked", "for", "contract") and why != "hidden":
                continue  # the place is asked for rights first
            errors = refused(s, EDITS[kind], editor, seen[kind], {field: value})
            said[kind, field, why], expected[kind, field, why] = errors.get(field), code
    assert said == expected and len(said) > 50


@pytest.mark.parametrize(
    ("of_kind", "field"),
    [
        ("project", "framework"), ("project", "umbrella"), ("framework", "parent"), ("organisation", "parent"),
        ("organisation", "country"),
    ],
)  # fmt: skip
def test_nothing_is_added_under_what_its_writer_does_not_see(s, records, of_kind: str, field: str) -> None:
    _seen, hidden = records
    editor = accounts.actor(s, "editor", everywhere=True)
    named = facts_of_kind(of_kind)[field].kinds[0]
    for i in (hidden[named].id, NOBODY):
        errors = refused(s, ADDS[of_kind], editor, {"name": Pair("Nový", ""), field: i})
        assert errors == {field: "no_such_record"}


def test_a_project_does_not_vanish_under_a_framework_its_editor_does_not_see(s, records) -> None:
    seen, hidden = records
    editor = accounts.actor(s, "editor", everywhere=True)
    assert refused(s, edit_project, editor, seen["project"], {"framework": hidden["framework"].id}) == {
        "framework": "no_such_record"
    }
    with changing(s):
        edit_project(s, editor, seen["project"], {"framework": seen["framework"].id, "countries": [seen["country"].id]})
    assert seen["project"].framework_id == seen["framework"].id
