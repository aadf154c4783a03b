"""The page behind a count: its definition, what it leaves out, for how many it is known, and exactly its records."""

from __future__ import annotations

import pytest

from portal.figures import EVERYTHING, FIGURES
from portal.figures.counts import COUNTS
from portal.kernel.permission import SYSTEM
from tests.dashboards.test_funding import words


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_the_page_of_management_counts_and_each_count_leads_to_its_records(seeded_as, seeded_engine, lang) -> None:
    from sqlalchemy.orm import Session

    viewer = seeded_as("viewer", lang=lang)
    overview = viewer.get("/management")
    with Session(seeded_engine) as s:
        found = {key: FIGURES[key].records(s, SYSTEM, EVERYTHING) for key in COUNTS}
        shown = {
            key: [getattr(one.record, "title", None) or one.record.name(lang) for one in found[key]] for key in COUNTS
        }
    assert len(shown["partners"]) > 20 and len(shown["silent_frameworks"]) > 10 and shown["overdue_tasks"] == []
    for key in COUNTS:
        address = f"/funding/{key}/records?certainty=all"
        page = viewer.get(address)
        assert (address in overview.links()) == (key != "frameworks")
        number = words(page.soup.select_one(".figs .big"))
        assert number == str(len(shown[key]))
        rows = [words(row.th) for row in page.soup.select("main table.flow tbody tr")]
        assert rows == [" ".join(name.replace("\xa0", " ").split()) for name in shown[key]][:50]
        assert words(page.soup.select_one("#counting")).count("PORTAL_") == (
            key in ("stale_updates", "silent_frameworks")
        )


def test_filters_that_do_not_concern_a_count_are_named(seeded_as) -> None:
    viewer = seeded_as("viewer", lang="cs")
    said = words(viewer.get("/funding/overdue_tasks/records?certainty=all&currency=EUR&years=2014&reach=own").soup.main)
    assert "Filtry, které se tohoto čísla netýkají Zdroje, Měna, Souhrn za, Roky" in said
    assert "Nic se tu nepočítá." in said
    said = words(viewer.get("/funding/events/records?years=2014&reach=led").soup.main)
    assert "netýkají" not in said
