"""What a report said before is not moved silently by what is corrected since: the next one says that the two differ."""

from __future__ import annotations

from portal.funding.actions import edit_contract
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.obligations.models import DueReport
from portal.sources.actions import UNSUPPORTED
from tests.budgets.test_two_periods import TOTALS, load_rates, scene
from tests.factories import changing


def warning(browser, report_id: int) -> str | None:
    told = [note.get_text(" ") for note in browser.get(f"/reports/{report_id}/money").soup.select(".note")]
    told = [" ".join(one.split()) for one in told if "předchozí zpráva" in one.lower()]
    return told[0] if told else None


def test_the_next_report_says_that_costs_were_sent_otherwise(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        load_rates(s)
        _last, one, two = scene(s, "A")
        first, second = one.id, two.id
    viewer = client_as("viewer", lang="cs")
    regime = {"rate_regime": "B"}
    for state in ("checked", "sent"):
        assert warning(viewer, second) is None
        with transaction.unit(engine) as s, changing(s):
            s.get_one(DueReport, first).state = state
    assert warning(viewer, second) is None, "nothing was corrected yet"
    with transaction.unit(engine) as s, changing(s):
        edit_contract(s, SYSTEM, s.get_one(DueReport, first).obligation.of, regime, UNSUPPORTED)
    told = warning(viewer, second)
    sent, now = (TOTALS[of][0].replace(".", ",") for of in "AB")
    assert told is not None and f"{sent} EUR" in told.replace("\xa0", " ") and f"{now} EUR" in told.replace("\xa0", " ")
    assert warning(viewer, first) is None, "it stands as it was sent"
