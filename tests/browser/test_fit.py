"""Pages fit what they are read on: a telephone, with and without scripts, and a wide screen."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.record import Record

pytestmark = pytest.mark.needs("browser")

# Table cells that reach beyond the inside of their card.
OVER = """() => [...document.querySelectorAll('.card .pad')].flatMap(pad => [...pad.querySelectorAll('td, th')].filter(
  cell => cell.getBoundingClientRect().right > pad.getBoundingClientRect().right - 1)).map(cell => cell.textContent)"""
# Words of the column of names that stand on two lines.
BROKEN = r"""() => [...document.querySelectorAll('#roles tbody th a')].flatMap(link => {
  const text = link.firstChild;
  return [...text.data.matchAll(/[^\s\u00a0]+/g)].filter(word => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""


def id_of(site, key: str) -> int:
    with Session(site.engine) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def open_dashboard(tab, query: str = "") -> None:
    """Without scripts no chart is drawn, so there is none to wait for."""
    assert tab.page.goto(f"{tab.site.address}/funding{query}").status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_the_filters_of_the_dashboard_wait_folded_above_its_first_number(
    opened, site, width, scripts
) -> None:
    tab = opened(site, "viewer", lang="cs", width=width, scripts=scripts)
    page = tab.page
    open_dashboard(tab, "?certainty=public")
    assert page.locator(".top").bounding_box()["height"] < 70, "the head stands in two rows"
    assert page.locator(".figs .big").bounding_box()["y"] < 700
    assert not page.locator("#f-country").is_visible()
    page.click(".sheet > summary")
    assert page.locator("#f-country").is_visible()
    page.select_option("#f-country", label="Gruzie")
    page.click(".filters-form .go button")
    page.wait_for_url(re.compile("country="))
    assert page.locator(".sheet > summary").inner_text().strip() == "Filtry: použito 2"


def test_without_scripts_charts_have_no_legend_and_their_tables_stay_in_their_cards(opened, site) -> None:
    tab = opened(site, "viewer", lang="cs", width=360, scripts=False)
    open_dashboard(tab, "?certainty=all")
    assert not any(key.is_visible() for key in tab.page.locator(".chart-key").all())
    assert tab.page.evaluate(OVER) == []


def test_on_a_wide_screen_the_filters_of_the_dashboard_stand_open(opened, site) -> None:
    for scripts in (True, False):
        tab = opened(site, "viewer", lang="cs", scripts=scripts)
        open_dashboard(tab)
        assert tab.page.locator("#f-country").is_visible()


def test_on_a_phone_the_tree_of_frameworks_is_indented(opened, site) -> None:
    tab = opened(site, "viewer", lang="cs", width=360)
    tab.go("/frameworks")
    lefts = [tab.page.locator(f".depth-{n} > th a").first.bounding_box()["x"] for n in range(4)]
    assert lefts == sorted(set(lefts))


@pytest.mark.parametrize("width", [360, 1440])
def test_names_of_participants_break_between_words_only(opened, site, width) -> None:
    tab = opened(site, "editor", lang="cs", width=width)
    for key in ("prague-process-targeted-initiative", "ppti-further-1"):
        tab.go(f"/projects/{id_of(site, key)}")
        assert tab.page.locator("#roles tbody th").count() > 5
        assert tab.page.evaluate(BROKEN) == []


DRAWN = """() => [...document.querySelectorAll('.chart-box:not([hidden])')].map(box => {
  const [outer, inner] = [box, box.querySelector('.main-svg')].map(one => one.getBoundingClientRect());
  return Math.abs(outer.width - inner.width) < 1 && inner.height <= outer.height + 1 && inner.height > 120;
})"""


def test_charts_are_drawn_anew_as_wide_and_high_as_the_turned_screen_lets_them(opened, reading_site) -> None:
    tab = opened(reading_site, "viewer", lang="cs")
    tab.go("/charts?group=money&certainty=all")
    ways = tab.page.locator(".chart-card:has(#chart-ways)")
    number = len(tab.page.evaluate(DRAWN))
    for width, drawn in ((844, number), (390, number - 1), (1440, number)):
        tab.resize(width)
        tab.page.wait_for_timeout(600)
        assert tab.page.evaluate(DRAWN) == [True] * drawn, width
        on_a_phone = width == 390
        assert ways.locator(".chart-box").is_visible() is not on_a_phone
        assert ways.locator("details.chart-data").evaluate("one => one.open") is on_a_phone
        if on_a_phone:  # folded it has no width
            assert ways.locator("table").evaluate("one => one.scrollWidth <= one.parentElement.clientWidth + 1")
        assert tab.too_wide() == []
