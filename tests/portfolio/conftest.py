"""The seed portfolio by its keys, and what a list shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.record import Record
from tests.client import Page

OWN_PAGE = re.compile(r"/(?:projects|frameworks|organisations|countries)/(\d+)$")


@pytest.fixture
def ids(store) -> dict[str, int]:
    """Ids of the seed portfolio by key, the same in every copy of it."""
    with Session(store.reading) as s:
        return dict(s.execute(select(Record.key, Record.id).where(Record.key.is_not(None))).all())


@pytest.fixture
def listed(ids) -> Callable[[Page], list[str]]:
    """The keys of the records in the rows of a page's list, in their order."""
    keys = {number: key for key, number in ids.items()}

    def read(page: Page) -> list[str]:
        heads = page.soup.select("main tbody tr > th")
        found = [OWN_PAGE.search(link["href"]) for head in heads if (link := head.find("a"))]
        return [keys.get(int(match[1]), f"new {match[1]}") for match in found if match]

    return read


def cells(page: Page, name: str) -> dict[str, str]:
    """The cells of the row whose head begins with `name`, by the label they carry on a phone."""
    for row in page.soup.select("main tbody tr"):
        head = " ".join(row.th.get_text(" ").split())
        if head.startswith(name):
            return {
                td["data-l"]: " ".join(td.get_text(" ").split()) for td in row.find_all("td") if td.has_attr("data-l")
            }
    raise AssertionError(f"no row {name!r} on {page.path}")
