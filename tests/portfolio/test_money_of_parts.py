"""What the profile of a part says of its money: its own amount, within the initiative, or unknown."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from portal.kernel.transaction import unit
from tests.factories import changing, funding


def words(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u2060", "").split())


@pytest.fixture
def parts(engine: Engine) -> dict[str, int]:
    """Parts of an umbrella with money, and of one without any."""
    with unit(engine) as s, changing(s):
        rich, poor = funding.project(s, "Iniciativa"), funding.project(s, "Celek bez peněz")
        grant = funding.flow(s, rich, 900)
        own, inside, none = (funding.project(s, name, umbrella=rich) for name in ("Vlastní", "Uvnitř", "Nic"))
        funding.flow(s, own, 70)
        funding.flow(s, inside, 80, included_in=grant)
        bare, alone = (funding.project(s, name, umbrella=poor) for name in ("Holá", "Sama"))
        funding.flow(s, alone, 50, certainty="public")
        whole = funding.project(s, "Nedělený")
        funding.flow(s, whole, 30)
        funding.project(s, "Díl", umbrella=whole)
        return {
            "rich": rich.id,
            "whole": whole.id,
            "own": own.id,
            "inside": inside.id,
            "none": none.id,
            "bare": bare.id,
            "alone": alone.id,
        }


@pytest.mark.parametrize(
    ("part", "headline", "whole"),
    [
        ("own", "70 EUR", True),
        ("inside", "80 EUR", True),
        ("none", "v rámci iniciativy", True),
        ("bare", "neuvedeno", False),
        ("alone", "50 EUR", False),
    ],
)
def test_a_part_says_its_own_amount_or_where_its_money_is_or_that_none_is_known(
    parts, client_as, part, headline, whole
) -> None:
    money = client_as("viewer").get(f"/projects/{parts[part]}").soup.find(id="money")
    assert words(money.select_one(".big")) == headline
    said = words(money)
    assert ("nepřičítá se. Peníze nese celek" in said) is (part == "inside")
    assert ("Peníze nese celek: Iniciativa – 900 EUR (podle dokumentů ministerstva)." in said) is whole
    assert whole or "Peníze nese celek" not in said


def test_an_umbrella_says_which_parts_have_an_amount_of_their_own(parts, client_as) -> None:
    viewer = client_as("viewer")
    divided, whole = (viewer.get(f"/projects/{parts[key]}").soup.find(id="money") for key in ("rich", "whole"))
    assert [words(one) for one in divided.select("ol.parts li")] == ["Nic"]
    assert "zdroje neuvádějí, proto" not in words(divided) and "2 části mají vlastní částku:" in words(divided)
    said = [words(one) for one in divided.select("ul.plain-list li")]
    assert said == ["Uvnitř – v rámci částky celku", "Vlastní – 70 EUR"]
    assert [words(one) for one in whole.select("ol.parts li")] == ["Díl"]
    assert "Rozdělení mezi části zdroje neuvádějí, proto u částí stojí" in words(whole)


def test_rounded_amounts_are_not_added_to_exact_ones(engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        project = funding.project(s, "Směs")
        for amount, mark in ((600, "exact"), ("0.50", "exact"), (250, "rounded"), (50, "estimated")):
            funding.flow(s, project, amount, amount_mark=mark)
        project_id = project.id
    viewer = client_as("viewer")
    assert (
        words(viewer.get(f"/projects/{project_id}").soup.find(id="money").select_one(".big"))
        == "600,50 EUR + ≈ 300 EUR"
    )
    assert words(viewer.get("/projects").soup.select_one(".bar--total strong.push")) == "600,50 EUR + ≈ 300 EUR"
