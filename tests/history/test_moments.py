"""The page of past moments tells changes of one minute apart, and the page it leads to says which moment it stands for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from portal.projects.actions import edit_project
from tests.factories import changing, funding

DAY = datetime(2026, 3, 2, 19, 29, tzinfo=UTC)
"""20.29 by the clocks of Prague."""


@pytest.fixture
def minute(engine) -> dict[str, int]:
    """Four changes of one minute: a project, a second one, the first closed with a reason, five more at once."""
    made = {}
    for second, name in ((1, "ERIS"), (7, "ERIN")):
        with clock.stopped_at(DAY + timedelta(seconds=second)), transaction.unit(engine) as s, changing(s):
            made[name] = funding.project(s, name, status="2").id
    with (
        clock.stopped_at(DAY + timedelta(seconds=8)),
        transaction.unit(engine) as s,
        change(s, None, "form", actor_name="Referent", reason="podle dopisu"),
    ):
        edit_project(s, SYSTEM, s.get_one(Record, made["ERIS"]), {"status": "4"})
    with clock.stopped_at(DAY + timedelta(seconds=42)), transaction.unit(engine) as s, changing(s):
        for n in range(1, 6):
            funding.project(s, f"Projekt {n}", status="2")
    return made


def moments(page) -> list[str]:
    return [" ".join(li.get_text().split()) for li in page.soup.select("aside .plain-list li")]


def test_changes_of_one_minute_differ_by_the_second_and_by_what_they_touched(client_as, minute) -> None:
    told = moments(client_as("viewer", lang="cs").get(f"/as-of?next=/projects/{minute['ERIS']}"))
    at = "2. 3. 2026 v 20.29:"
    assert told == [
        f"{at}42, systémprojekt Projekt 1, projekt Projekt 2, projekt Projekt 3 a 2 další záznamy",
        f"{at}08, systémprojekt ERISpodle dopisu",
        f"{at}07, systémprojekt ERIN",
        f"{at}01, systémprojekt ERIS",
    ]
    assert moments(client_as("viewer", lang="en").get("/as-of"))[3] == "2 March 2026 at 20:29:01, systemproject ERIS"


def test_what_one_may_not_see_is_neither_named_nor_counted_among_the_moments(client_as, engine, minute) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(Record, minute["ERIN"])
        project.confidential = True
        drape(s, [project])
    page = client_as("viewer", lang="cs").get("/as-of")
    assert "ERIN" not in page.text and "20.29:07" not in page.text and "20.29:08" in page.text


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("day=2.+3.+2026&time=20.30", "Požadovaný okamžik: 2. 3. 2026 v 20.30."),
        ("day=2.+3.+2026&time=20.29", None),
        ("day=2.+3.+2026", None),
        ("day=5.+3.+2026", "Požadovaný okamžik: 5. 3. 2026."),
    ],
)
def test_the_page_of_the_past_says_which_moment_was_asked_for(client_as, minute, query, asked) -> None:
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(viewer.get(f"/as-of?next=/projects/{minute['ERIS']}&{query}", status=303).location)
    assert "2. 3. 2026 v 20.29" in " ".join(page.soup.find(id="asof-words").get_text().split())
    said = " ".join(page.soup.find(class_="flashes").get_text().split())
    whole = f"{asked} Poslední do té doby zapsaná změna je z 2. 3. 2026 v 20.29:42; portál je zobrazen po ní."
    assert said == (whole if asked else "")
    assert "Požadovaný" not in viewer.get(page.link("Všechny změny")).text
