"""Pages of a long list: forward and back, each record once, counts exact to a thousand."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from portal.kernel import transaction
from portal.kernel.order import czech_key
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.projects.models import Project

NAMES = ["Cesta", "Česko", "Dar", "Hory", "Chata", "Chrám", "Ještěd", "Řeka"]


def fill(engine, number: int) -> None:
    """That many projects: many share a name, and every third lacks a date."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        rows = []
        for n in range(1, number + 1):
            name = f"{NAMES[n % len(NAMES)]} {n // 40}"
            key = czech_key(name)
            rows.append(
                {"id": n, "kind": "project", "name_cs": name, "name_en": "", "order_cs": key, "order_en": key, "version": 1,
                 "note_cs": "", "note_en": "", "placeholder": False, "certainty": "document", "confidential": False}
            )  # fmt: skip
        s.execute(insert(Record.__table__), rows)
        texts = {f"{stem}_{lang}": "" for stem in ("full_title", "description", "cz_role") for lang in ("cs", "en")}
        days = [None if n % 3 == 0 else f"{2000 + n % 20}-01-01" for n in range(1, number + 1)]
        s.execute(
            insert(Project.__table__),
            [
                texts | {"id": n, "actual_start_edtf": day and day[:4], "actual_start_from": day and _day(day),
                         "actual_start_to": day and _day(day)}
                for n, day in enumerate(days, 1)
            ],
        )  # fmt: skip


def _day(text: str):
    from datetime import date

    return date.fromisoformat(text)


def numbers(page) -> list[int]:
    return [int(a["href"].rsplit("/", 1)[1]) for a in page.soup.select("main tbody th a:first-of-type")]


@pytest.fixture(scope="module")
def long_list(kept_engine) -> None:
    fill(kept_engine, 180)


@pytest.mark.parametrize("sort", ["name", "-name", "start", "-start", "status"])
def test_pages_lead_forward_and_back_and_show_each_record_once(kept_as, long_list, sort) -> None:
    viewer = kept_as("viewer", lang="cs")
    page = viewer.get(f"/projects?size=25&sort={sort}")
    seen, pages = numbers(page), 1
    while next_ := page.soup.find("a", rel="next"):
        page = viewer.get("/projects" + next_["href"])
        seen += numbers(page)
        pages += 1
    assert pages == 8 and sorted(seen) == list(range(1, 181))
    assert "176–180 ze 180" in page.text
    back = numbers(page)
    while previous := page.soup.find("a", rel="prev"):
        page = viewer.get("/projects" + previous["href"])
        back = numbers(page) + back
    assert back == seen
    assert "1–25 ze 180" in page.text


def test_names_stand_in_czech_order_with_ch_after_h(client_as, engine) -> None:
    fill(engine, 16)
    page = client_as("viewer", lang="cs").get("/projects")
    names = [" ".join(a.get_text().split()) for a in page.soup.select("main tbody th a:first-of-type")]
    assert list(dict.fromkeys(names)) == [f"{name} 0" for name in NAMES]


def test_unknown_dates_stand_last_in_both_directions(client_as, engine) -> None:
    fill(engine, 12)
    viewer = client_as("viewer")
    for sort in ("start", "-start"):
        shown = numbers(viewer.get(f"/projects?sort={sort}"))
        assert {n % 3 for n in shown[-4:]} == {0} and 0 not in {n % 3 for n in shown[:-4]}


def test_a_list_counts_exactly_to_a_thousand_and_further_on_request(client_as, engine) -> None:
    fill(engine, 1002)
    viewer = client_as("viewer", lang="cs")
    page = viewer.get("/projects?size=25")
    assert "více než 1 000 projektů" in page.text and "1–25 z více než 1 000" in page.text
    exact = viewer.get(page.link("Spočítat přesně"))
    assert "1 002 projektů" in exact.text and "1–25 z 1 002" in exact.text, exact.text


def test_a_cursor_of_another_list_is_no_address_of_a_page(client_as, engine) -> None:
    fill(engine, 60)
    viewer = client_as("viewer", lang="cs")
    cursor = viewer.get("/projects?size=25").soup.find("a", rel="next")["href"].split("after=")[1]
    page = viewer.get(f"/organisations?after={cursor}")
    assert page.status == 200
    wrong = viewer.get(f"/projects?size=25&sort=start&after={cursor}")
    assert "Adresa uvádí stránku, která není" in wrong.text or len(numbers(wrong)) == 25
