"""The total of a framework is one figure: on its profile, on the dashboard filtered to it, and beside the list of projects."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import change
from portal.projects.actions import edit_project
from tests.dashboards.test_funding import words
from tests.factories import frameworks, funding


@pytest.fixture(scope="module")
def places(kept_engine) -> dict[str, int]:
    """Money within a framework that is included in money outside of it, money at frameworks, and money that goes round."""
    with transaction.unit(kept_engine) as s, change(s, None, "command", actor_name="zkouška"):
        outer, inner, empty = (frameworks.framework(s, name) for name in ("Vnější", "Vnitřní", "Prázdný"))
        below = frameworks.framework(s, "Pod vnitřním", parent=inner)
        bare = frameworks.framework(s, "Bez projektu")
        umbrella = funding.project(s, "Celek", framework=outer)
        whole = funding.flow(s, umbrella, "1000.50")
        part = funding.project(s, "Část", umbrella=umbrella, framework=inner)
        funding.flow(s, part, "80.08", included_in=whole)
        alone = funding.project(s, "Sám", framework=below)
        funding.flow(s, alone, "7.70")
        at_inner = funding.flow(s, inner, "300.30")
        funding.flow(s, alone, "50.05", included_in=at_inner)
        funding.flow(s, alone, "20.02", provider=inner.id)
        funding.flow(s, bare, "4.40")
        served = funding.project(s, "Slouží", framework=outer)
        edit_project(s, SYSTEM, served, {"further_frameworks": [inner.id]})
        funding.flow(s, served, "3.03", certainty="public")
        names = {"outer": outer, "inner": inner, "below": below, "empty": empty, "bare": bare}
        return {name: framework.id for name, framework in names.items()}


TOTALS = {
    "outer": "1 000,50 EUR",
    "inner": "388,08 EUR",
    "below": "77,77 EUR",
    "bare": "4,40 EUR",
    "empty": "neuvedeno",
}


@pytest.mark.parametrize("name", list(TOTALS))
def test_the_profile_says_the_total_of_the_dashboard_filtered_to_it(places, kept_as, name) -> None:
    viewer = kept_as("viewer", lang="cs")
    dashboard = words(viewer.get(f"/funding?framework={places[name]}").soup.select_one(".figs .big"))
    assert dashboard.replace("\u00a0", " ") == TOTALS[name]
    total = viewer.get(f"/frameworks/{places[name]}").soup.select_one("#projects .bar--card strong")
    assert (words(total).replace("\u00a0", " ") if total else "neuvedeno") == TOTALS[name]


def test_the_list_of_its_projects_has_their_total_and_names_that_of_the_framework_where_it_is_another(
    places, kept_as
) -> None:
    viewer = kept_as("viewer", lang="cs")

    def bar(query: str) -> str:
        return words(viewer.get(f"/projects{query}").soup.select_one(".bar--total")).replace("\u00a0", " ")

    inner = bar(f"?framework={places['inner']}")
    assert inner.endswith("157,85 EUR")
    assert "I s penězi zapsanými u rámců, každá částka jednou: 388,08 EUR" in inner
    outer = bar(f"?framework={places['outer']}")
    assert outer.endswith("1 000,50 EUR") and "zapsanými u rámců" not in outer
    assert "zapsanými u rámců" not in bar(f"?framework={places['inner']}&q=sám")


def test_a_total_that_holds_what_a_sum_elsewhere_includes_says_so(places, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    said = "V součtu jsou i částky, které zahrnuje jiná částka mimo tento výběr."
    for name, holds in (("inner", True), ("outer", False), ("below", True)):
        profile = words(viewer.get(f"/frameworks/{places[name]}").soup.select_one("#projects .bar--card"))
        assert (said in profile.replace("\u00a0", " ")) is holds, name
    assert said in words(viewer.get(f"/projects?framework={places['inner']}").soup.select_one(".bar--total")).replace(
        "\u00a0", " "
    )
