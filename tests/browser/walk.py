"""A walk through every page of the portal in one language: nothing refused, nothing too wide, nothing axe finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from tests import machine
from tests.addresses import Address, pages
from tests.browser.site import Site
from tests.browser.tab import Tab
from tests.states import State

ERRORS = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def addresses(site: Site) -> list[Address]:
    """Every page, and some of them at a past moment."""
    with Session(site.engine) as s:
        present = pages(site.app, s)
    firsts = {address.endpoint: address for address in reversed(present)}
    past = ("portfolio.home", "portfolio.projects", "portfolio.project", "portfolio.search", "dashboards.funding")
    return present + [Address(endpoint, "/k/1" + firsts[endpoint].path) for endpoint in past]


def faults(tab: Tab, narrow: bool, axe: bool = True) -> Iterator[str]:
    """What is wrong with the page that is open: measured at the ends and where axe looks at it, narrow or at 1440 px."""
    for width in (1920, 360) if narrow else (360, 1920, 1440):
        tab.resize(width)
        if wide := tab.too_wide():
            yield f"{width} px: {wide}"
    if axe:
        yield from (f"axe: {violation}" for violation in tab.violations())
    if (heads := tab.page.locator("h1").count()) != 1:
        yield f"{heads} h1"


def all_faults(tab: Tab, narrow: bool) -> list[str]:
    """Everything wrong on every page, each with its address. Axe looks at one page of each endpoint, in one of the languages; at
    full size at each page in both. Czech, whose words are longer, is measured everywhere, English where axe looks at it."""
    found, endpoints = [], set()
    for address in addresses(tab.site):
        axe = machine.prove() or (address.endpoint not in endpoints and len(endpoints) % 2 == narrow)
        endpoints.add(address.endpoint)
        if narrow and not axe:
            continue
        tab.go(address.path)
        found += [f"{address.path}: {fault}" for fault in faults(tab, narrow, axe)]
    return found


def faults_of_states(tab: Tab, states: Iterable[State], width: int) -> list[str]:
    """The same for answers to forms and pages of odd portfolios: measured where there is least room, axe at one width.

    Axe, which is slow on long forms, looks at one of two states with the same fields, in the one language or the other; at
    full size in both. English is measured where axe looks at it.
    """
    found = []
    for n, state in enumerate(states):
        axe = not state.is_twin and (machine.prove() or n % 2 == (width == 360))
        if width == 360 and not axe and not machine.prove():
            continue
        tab.resize(360)
        tab.show(state)
        wide = tab.too_wide()
        found += [f"{state.name}: 360 px: {wide}"] if wide else []
        if axe:
            tab.resize(width)
            found += [f"{state.name}: axe: {violation}" for violation in tab.violations()]
        if (heads := tab.page.locator("h1").count()) != 1:
            found.append(f"{state.name}: {heads} h1")
    return found


def faults_of_error_pages(tab: Tab, narrow: bool) -> list[str]:
    found = []
    for code in ERRORS:
        tab.go(f"/fails/{code}", code)
        found += [f"error {code}: {fault}" for fault in faults(tab, narrow)]
    return found
