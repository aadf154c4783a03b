"""Filters of frameworks, organisations and countries on rows whose values are known; the file holds what the page shows."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.partners.actions import add_country, give_role
from portal.sources.facts import Pair
from tests.exchange import files
from tests.factories import accounts, frameworks, funding

LANDS = {"GE": "Gruzie", "PL": "Polsko", "AM": "Arménie", "MD": "Moldavsko"}


@pytest.fixture
def world(engine) -> dict[str, int]:
    """Two trees of frameworks, one branch of the first secret, with participants and a project each."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        jana = accounts.person(s, "editor", name="Jana Nová").id
        top = frameworks.framework(s, "Vrch", status="active", launched=When("2010"))
        below = frameworks.framework(
            s, "Spodek", parent=top, status="ended", signed=When("2014"), ended=When("2016"), responsible=jana
        )
        other = frameworks.framework(s, "Jinde", launched=When("2018-05"), status="active")
        undated = frameworks.framework(s, "Bez dat")
        secret = frameworks.framework(s, "Tajný", parent=top, confidential=True)
        lands = {
            code: add_country(s, SYSTEM, code, Pair(name, ""), key=code, certainty="public")
            for code, name in LANDS.items()
        }
        agency = funding.organisation(s, "Agentura", responsible=jana)
        bank, foreign, hidden = (funding.organisation(s, name) for name in ("Banka", "Cizí úřad", "Dozor"))
        project = funding.project(s, "Projekt", framework=below, countries=[lands["GE"].id])
        behind = funding.project(s, "Za oponou", framework=secret, countries=[lands["MD"].id])
        give_role(s, SYSTEM, below, agency, "lead", Pair("", ""))
        give_role(s, SYSTEM, project, bank, "donor", Pair("", ""))
        give_role(s, SYSTEM, other, bank, "lead", Pair("", ""))
        give_role(s, SYSTEM, other, foreign, "partner", Pair("", ""))
        give_role(s, SYSTEM, secret, hidden, "lead", Pair("", ""))
        give_role(s, SYSTEM, behind, foreign, "donor", Pair("", ""))
        give_role(s, SYSTEM, other, lands["PL"], "partner_country", Pair("", ""))
        give_role(s, SYSTEM, below, lands["AM"], "host", Pair("", ""))
        named = {
            "top": top, "below": below, "other": other, "undated": undated, "secret": secret, "agency": agency,
            "bank": bank, "foreign": foreign, "hidden": hidden, **lands,
        }  # fmt: skip
        return {"jana": jana, **{name: record.id for name, record in named.items()}}


FOUND = [
    ("frameworks", "framework={top}", ["Spodek", "Vrch"]),
    ("frameworks", "framework={below}", ["Spodek"]),
    ("frameworks", "framework={other}", ["Jinde"]),
    ("frameworks", "country={PL}", ["Jinde"]),
    ("frameworks", "organisation={bank}", ["Jinde"]),
    ("frameworks", "organisation={bank}&role=lead", ["Jinde"]),
    ("frameworks", "organisation={bank}&role=donor", []),
    ("frameworks", "role=lead", ["Jinde", "Spodek"]),
    ("frameworks", "role=secretariat", []),
    ("frameworks", "year=2009", []),
    ("frameworks", "year=2012", ["Vrch"]),
    ("frameworks", "year=2015", ["Spodek", "Vrch"]),
    ("frameworks", "year=2018", ["Jinde", "Vrch"]),
    ("frameworks", "responsible={jana}", ["Spodek"]),
    ("frameworks", "responsible=none", ["Bez dat", "Jinde", "Vrch"]),
    ("frameworks", "framework={top}&year=2015&responsible={jana}", ["Spodek"]),
    ("organisations", "framework={top}", ["Agentura", "Banka"]),
    ("organisations", "framework={below}", ["Agentura", "Banka"]),
    ("organisations", "framework={other}", ["Banka", "Cizí úřad"]),
    ("organisations", "framework={undated}", []),
    ("organisations", "role=lead", ["Agentura", "Banka"]),
    ("organisations", "framework={top}&role=lead", ["Agentura"]),
    ("organisations", "framework={top}&role=donor", ["Banka"]),
    ("organisations", "framework={other}&role=donor", []),
    ("organisations", "responsible={jana}", ["Agentura"]),
    ("organisations", "responsible=none", ["Banka", "Cizí úřad", "Dozor"]),
    ("countries", "framework={top}", ["Arménie", "Gruzie"]),
    ("countries", "framework={other}", ["Polsko"]),
    ("countries", "framework={undated}", []),
    ("countries", "role=partner_country", ["Polsko"]),
    ("countries", "framework={top}&role=host", ["Arménie"]),
    ("countries", "framework={other}&role=host", []),
]


def test_page_and_file_hold_the_rows_a_filter_lets_through(world, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    for sheet, query, found in FOUND:
        query = "?" + query.format(**world)
        assert files.shown(viewer, sheet, query) == found, (sheet, query)
        assert [row["name_cs"] for row in files.rows(viewer, sheet, query)] == found, (sheet, query)


def test_what_lies_behind_a_secret_framework_is_found_by_nobody_not_named(world, client_as) -> None:
    viewer = client_as("administrator", lang="cs")
    for sheet in ("frameworks", "organisations", "countries"):
        page = viewer.get(f"{files.PAGES[sheet]}?framework={world['secret']}")
        [note] = page.soup.select(".note--warn")
        assert "nezná hodnotu" in note.get_text(" ", strip=True) and str(world["secret"]) in note.get_text()
        assert "Tajný" not in page.text
    assert "Dozor" not in files.shown(viewer, "organisations", "?role=lead")
    assert files.shown(viewer, "frameworks", f"?organisation={world['hidden']}") == []
    assert "Moldavsko" not in files.shown(viewer, "countries", "?use=portfolio")


def test_a_filter_unknown_or_mistyped_is_said_and_left_out(world, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    page = viewer.get("/frameworks?year=loni&organisation=999999&responsible=x&sort=name")
    notes = " ".join(note.get_text(" ", strip=True) for note in page.soup.select(".note--warn"))
    assert "Napište rok" in notes and "„Účastník“" in notes and "„Odpovídá“" in notes
    assert files.shown(viewer, "frameworks", "?organisation=999999") == ["Bez dat", "Jinde", "Vrch", "Spodek"]


def test_the_filters_beyond_the_first_five_wait_in_the_fold_open_while_one_is_in_use(world, client_as) -> None:
    viewer = client_as("viewer", lang="en")
    fold = viewer.get("/frameworks").soup.select_one("details.further")
    assert [tag["name"] for tag in fold.find_all(["select", "input"])] == [
        "organisation",
        "role",
        "responsible",
        "archived",
        "year",
    ]
    assert not fold.has_attr("open")
    page = viewer.get(f"/frameworks?responsible={world['jana']}")
    assert page.soup.select_one("details.further").has_attr("open")
    assert page.soup.select_one(".chips").get_text(" ", strip=True).startswith("Filters in use: Responsible: Jana Nová")
