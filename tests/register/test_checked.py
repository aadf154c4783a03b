"""What was checked is what is sent: a file as of before the check is never registered, by either way of making one."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.kernel import transaction
from portal.kernel.errors import Refused
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.layouts.order import Choices
from portal.layouts.places import Made
from portal.obligations.actions import move_report
from portal.obligations.models import DueReport
from portal.register.actions import send_file
from tests.factories import changing
from tests.register import sending, test_recipients
from tests.register.sending import FILE, state, words
from tests.register.test_recipients import PATH

TOLD = {"cs": "z doby, než byla zpráva zkontrolována", "en": "before the report was checked"}


def checked_anew(engine, report_id: int) -> None:
    """Taken back to preparation and checked once more, each by a change of its own."""
    for move in ("reopen", "check"):
        with transaction.unit(engine) as s, changing(s):
            report = s.get_one(DueReport, report_id)
            move_report(s, SYSTEM, report, move, report.version, reason="Oprava částky")


@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize("way", ["layout", "recipients"])
def test_a_file_as_of_before_the_check_is_refused_and_leads_to_making_it_anew(engine, client_as, way, lang) -> None:
    ids = sending.scene(engine) if way == "layout" else test_recipients.scene.__wrapped__(engine)
    path = FILE.format(ids["report"]) if way == "layout" else PATH.format(**ids)
    browser = client_as("editor", everywhere=True, lang=lang)
    action = browser.get(path).soup.select_one("#send form")["action"]
    checked_anew(engine, ids["report"])
    page = browser.get(f"{path}?{action.partition('?')[2]}")
    assert TOLD[lang] in words(page.soup.select_one("#send")), "it is said before anybody tries"
    given = {"on": "20. 2. 2015", "number": "MV-1"}
    told = browser.submit(page, 422, action=action, **given)
    assert TOLD[lang] in " ".join(told.errors()) and told.values(action) | given == told.values(action)
    assert state(engine, ids["report"]) == "checked" and not browser.get("/sent-files").soup.select("tbody tr")
    anew = browser.get(told.soup.select_one("#send .note a")["href"])
    assert TOLD[lang] not in words(anew.soup.main)
    browser.submit(anew, action=anew.soup.select_one("#send form")["action"], **given)
    assert state(engine, ids["report"]) == "sent"


def test_the_change_that_checked_it_is_late_enough_and_the_one_before_is_not(engine) -> None:
    ids = sending.scene(engine)
    checked_anew(engine, ids["report"])
    with transaction.unit(engine) as s, changing(s):
        checking = s.scalar(select(func.max(Change.id))) - 1  # the last one is this very change
        report = s.get_one(DueReport, ids["report"])

        def send(moment_id: int):
            return send_file(
                s, SYSTEM, report, report.version, Made(b"x", [], (report.id,)), Choices("portfolio", "cs"), moment_id,
                unseen=(), on=When("2015-02-20"), reference="", recipient="", file_name="x.xlsx",
            )  # fmt: skip

        with pytest.raises(Refused):
            send(checking - 1)
        assert send(checking).moment_id == checking
