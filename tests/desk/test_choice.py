"""Of what a person wants to be notified."""

from __future__ import annotations

from portal.desk import actions


def test_everything_is_wanted_until_somebody_chooses(office) -> None:
    page = office.browser("eva").get("/account/notifications")
    assert page.values()["wanted"] == [
        "mention", "comment", "task_assigned", "task_finished", "approval_asked", "approved", "returned", "change",
        "contact_due", "report_due", "check_asked", "checked",
    ]  # fmt: skip


def test_what_is_not_wanted_is_not_made_and_the_rest_is(office) -> None:
    eva = office.browser("eva")
    page = eva.get(eva.get("/notifications").link("Vybrat, co oznamovat"))
    eva.submit(page, 303, {"wanted": ["task_assigned"]})
    assert eva.get("/account/notifications").values()["wanted"] == "task_assigned"
    office.write("eva", lambda s, who, r: actions.follow(s, who, r("ERIS")))
    office.write("jana", lambda s, who, r: actions.add_comment(s, who, r("ERIS"), "@eva"))
    assert office.told("eva") == []
    task = {"title": "Zavolat", "assignee": office.people["eva"]}
    office.write("jana", lambda s, who, r: actions.make_task(s, who, r("ERIS"), task))
    assert office.told("eva") == [("task_assigned", office.records["ERIS"])]


def test_who_wants_no_mentions_but_follows_hears_of_the_comment(office) -> None:
    office.write("eva", lambda s, who, r: actions.choose_notifications(s, who, {"mention": False}))
    office.write("eva", lambda s, who, r: actions.follow(s, who, r("ERIS")))
    office.write("jana", lambda s, who, r: actions.add_comment(s, who, r("ERIS"), "@eva"))
    assert office.told("eva") == [("comment", office.records["ERIS"])]


def test_choosing_nothing_is_a_choice_and_an_unknown_kind_is_refused(office) -> None:
    eva = office.browser("eva")
    eva.submit(eva.get("/account/notifications"), 303, {"wanted": None})
    assert "wanted" not in eva.get("/account/notifications").values()
    refused = eva.submit(eva.get("/account/notifications"), 422, {"wanted": ["nonsense"]})
    assert len(refused.errors()) == 1
    assert "wanted" not in eva.get("/account/notifications").values()
