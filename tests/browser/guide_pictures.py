"""Pictures of the user guide, taken by `make screenshots`: docs/guide/pictures/<name>.<language>.webp, one screen each.

Chromium writes WebP itself, at a quality at which letters stay sharp: a picture has 40 to 90 kB.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.browser.quarters import let_a_quarter_end
from tests.browser.site import Site
from tests.browser.tab import Tab

WIDTH, QUALITY = 1240, 80
TOGETHER = {
    "cs": ("ppti-pp2-legal-migration", "listopad 2014", "prosinec 2014", "garant za Českou republiku"),
    "en": ("ppti-pp4-asylum", "May 2014", "June 2014", "a guarantor for Czechia"),
}
"""Two people edit one project: which one, the end by the one and by the other, and what only the second writes."""


@dataclass(frozen=True)
class Picture:
    """What is on it: an address with keys of records in braces, how high, and what is done before."""

    name: str
    path: str
    height: int
    before: Callable[[Tab], None] = lambda tab: None


def _open_source(tab: Tab) -> None:
    tab.page.locator("a[data-source]").first.click()
    tab.page.wait_for_selector(".pop")


def _save_view(tab: Tab) -> None:
    said = {"cs": "Gruzie z veřejných zdrojů", "en": "Georgia, public sources"}
    tab.page.fill("main [name=name]", said[tab.page.locator("html").get_attribute("lang")])
    tab.page.click("main form button.btn--primary")
    tab.page.wait_for_selector(".saved-views [aria-current]")
    tab.until_drawn()


PICTURES = (
    Picture("work", "/work", 720),
    Picture("status", "/records/{eris}/status", 800),
    Picture("source", "/projects/{prague-process-targeted-initiative}", 640, _open_source),
    Picture("flow", "/flows/{ec-topup-ppti-600k}/edit", 1060),
    Picture("dashboard", "/funding?certainty=public", 860),
    Picture("list", "/projects?country={country-ge}", 640),
    Picture("indicator", "/records/{prague-process-targeted-initiative}/indicators/add", 880),
    Picture("standing", "/records/{prague-process-targeted-initiative}/standing", 900),
    Picture("calendar", "/calendar?month=2016-02", 900),
    Picture("past", "/k/1/projects/{prague-process-targeted-initiative}", 560),
    Picture("charts", "/charts/timeline?certainty=public", 700),
    Picture("explain", "/funding/known_funding/records", 720),
    Picture("views", "/saved-views/add?of=dashboards.funding&country={country-ge}&certainty=public", 640, _save_view),
)
LATER = (Picture("management", "/management", 760),)
"""Taken as if a quarter had ended since everything was recorded."""


def take(site: Site, browser, ids: dict[str, int], folder: Path) -> None:
    """Every picture in both languages. `ids` are those of records by their keys. Two people edit a project for the last
    ones, so that no other picture shows what they wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    tabs = {lang: Tab(browser, site, "editor", width=WIDTH, lang=lang) for lang in ("cs", "en")}
    for pictures in (PICTURES, LATER):
        if pictures is LATER:
            let_a_quarter_end(site.engine)
        for lang, tab in tabs.items():
            for picture in pictures:
                tab.page.set_viewport_size({"width": WIDTH, "height": picture.height})
                tab.go(picture.path.format(**ids))
                tab.page.evaluate("document.fonts.ready")
                picture.before(tab)
                write(tab.page, folder / f"{picture.name}.{lang}.webp")
    for lang, tab in tabs.items():
        _clash(site, browser, tab, ids, lang)
        write(tab.page, folder / f"merge.{lang}.webp")
        tab.close()


def _clash(site: Site, browser, tab: Tab, ids: dict[str, int], lang: str) -> None:
    """The page that the second of two people gets."""
    key, theirs, mine, only_mine = TOGETHER[lang]
    address = f"/projects/{ids[key]}/edit"
    other = Tab(browser, site, "reporting_officer", width=WIDTH, lang=lang)
    tab.page.set_viewport_size({"width": WIDTH, "height": 760})
    for one in (tab, other):
        one.go(address)
    other.page.fill("[name=actual_end]", theirs)
    other.page.fill("[name=acronym]", "PP")
    other.page.click("main form button.btn--primary")
    other.page.wait_for_url(f"{site.address}/projects/{ids[key]}")
    other.close()
    tab.page.fill("[name=actual_end]", mine)
    tab.page.fill(f"[name=cz_role_{lang}]", only_mine)
    tab.expected = 409
    tab.page.click("main form button.btn--primary")
    tab.page.wait_for_selector("table.merge")


def write(page, path: Path) -> None:
    """What the window shows now, as WebP."""
    given = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.write_bytes(base64.b64decode(given["data"]))
