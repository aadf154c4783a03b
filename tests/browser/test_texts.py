"""The text of a report while one types: counted at its limit, said once it is passed, saved by keyboard alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.record import Record
from tests.factories import changing, obligations

pytestmark = pytest.mark.needs("browser", "axe")


def test_a_text_is_counted_as_one_types_and_told_once_it_is_too_long(opened, site) -> None:
    with transaction.unit(site.engine) as s, changing(s):
        framework = s.scalars(select(Record).where(Record.key == "prague-process")).one()
        report = obligations.due_report(s, framework, kind_code="annual")
        report.state = "in_preparation"
        path = f"/reports/{report.id}/texts"
    tab = opened(site, "editor", lang="cs")
    tab.go(path)
    assert tab.violations() == [] and tab.too_wide() == []
    tab.go(f"{path}/progress/edit")
    page = tab.page
    page.focus("#text_cs")
    page.keyboard.insert_text("ž" * 2499 + "\n🙂")
    line = page.locator("#text_cs-counts li")
    assert "2 502 z 2 500" in line.inner_text().replace("\u00a0", " ") and "moc dlouhé" in line.inner_text()
    page.locator("#text_cs-voice", has_text="moc dlouhé").wait_for(state="attached")
    assert tab.violations() == []
    page.keyboard.press("Backspace")
    assert "2 499 z" in line.inner_text().replace("\u00a0", " ") and not line.locator(".count-over").is_visible()
    for _step in range(3):  # the English text, the tick, the button
        page.keyboard.press("Tab")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    assert page.url.endswith(f"{path}#progress") and "2 499 z 2 500" in page.inner_text("#progress").replace(
        "\u00a0", " "
    )
