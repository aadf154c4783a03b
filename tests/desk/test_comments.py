"""Comments: who writes them, who reads them, how they are changed and withdrawn."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.desk import actions
from portal.desk.models import Comment
from portal.desk.rules import LONGEST
from portal.kernel import transaction
from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused
from portal.kernel.transaction import Change


def profile(office, name: str = "ERIS") -> str:
    return f"/projects/{office.records[name]}"


def say(browser, office, text: str, name: str = "ERIS", status: int = 303, **more):
    page = browser.get(f"/records/{office.records[name]}/comments")
    return browser.submit(page, status, {"comment": text, **more})


def cards(page) -> list[str]:
    return [" ".join(li.get_text(" ").split()) for li in page.soup.select(".comments > li")]


def test_a_viewer_comments_a_record_and_everybody_reads_it_with_its_lines(office) -> None:
    petr = office.browser("petr")
    page = petr.get(profile(office))
    assert "Komentáře" in page.text
    sent = petr.submit(page, 303, {"comment": "První řádek\nDruhý <b>řádek</b>"}, action="/comments")
    assert sent.location.startswith(f"/records/{office.records['ERIS']}/comments")
    read = office.browser("eva").get(profile(office)).soup.select_one(".comments .prose")
    assert str(read) == '<p class="prose">První řádek<br/>Druhý &lt;b&gt;řádek&lt;/b&gt;</p>'
    assert "Petr Velký" in cards(office.browser("eva").get(profile(office)))[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Vyplňte tento údaj"),
        ("x" * (LONGEST + 1), "nejvýše"),
        ("zvonek\x07", "znak"),
        ("pozor \u202e", "znak"),
    ],
)
def test_bad_text_is_refused_at_its_field_and_stays_there(office, text: str, said: str) -> None:
    page = say(office.browser("petr"), office, text, status=422)
    [error] = page.errors()
    assert error.startswith("Komentář : ") and said in error
    assert len(page.value("comment") or "") == len(text)
    assert cards(office.browser("petr").get(profile(office))) == []


def test_the_action_refuses_the_same_whatever_door_it_comes_through(office) -> None:
    for text in ("  ", "x" * (LONGEST + 1), "\x07"):
        with pytest.raises(InvalidInput) as error:
            office.write("petr", lambda s, who, record, text=text: actions.add_comment(s, who, record("ERIS"), text))
        assert list(error.value.errors) == ["comment"]
    with pytest.raises(Refused):
        office.write(None, lambda s, who, record: actions.add_comment(s, who, record("ERIS"), "Kdo to říká?"))


def test_a_confidential_record_and_its_comments_are_absent_for_the_others(office) -> None:
    made = office.write("jana", lambda s, who, r: actions.add_comment(s, who, r("Tajný"), "jen pro nás").id)
    with pytest.raises(NotFound):
        office.write("eva", lambda s, who, r: actions.add_comment(s, who, r("Tajný"), "slyším"))
    eva, petr = office.browser("eva"), office.browser("petr")
    for path in (f"/records/{office.records['Tajný']}/comments", f"/comments/{made}/edit"):
        assert eva.get(path, 404).status == 404
    assert "jen pro nás" in petr.get(f"/records/{office.records['Tajný']}/comments").text
    petr.get(f"/comments/{made}/edit", 403)


def test_comments_go_with_a_record_that_becomes_confidential(office) -> None:
    say(office.browser("eva"), office, "viděno dřív")
    office.hide("ERIS", "jana")
    office.browser("eva").get(f"/records/{office.records['ERIS']}/comments", 404)
    assert "viděno dřív" in office.browser("jana").get(f"/records/{office.records['ERIS']}/comments").text
    with transaction.unit(office.engine) as s:
        comment = s.get_one(Comment, 1)
    with pytest.raises(NotFound):
        office.write("eva", lambda s, who, r: actions.edit_comment(s, who, s.merge(comment), "znovu"))


def test_only_its_author_edits_a_comment_and_it_says_so(office) -> None:
    jana, petr = office.browser("jana"), office.browser("petr")
    say(petr, office, "prvni verze")
    page = petr.get(petr.get(profile(office)).soup.select_one(".acts-by a")["href"])
    petr.submit(page, 303, {"comment": "druhá verze"})
    [told] = cards(jana.get(profile(office)))
    assert "druhá verze" in told and "prvni verze" not in told and "upraveno" in told and "upravit" not in told
    for act in (
        lambda s, who, r: actions.edit_comment(s, who, s.get_one(Comment, 1), "cizí"),
        lambda s, who, r: actions.withdraw_comment(s, who, s.get_one(Comment, 1)),
    ):
        for other in ("jana", "sprava"):
            with pytest.raises(Forbidden):
                office.write(other, act)


def test_the_same_text_sent_again_marks_nothing_as_edited(office) -> None:
    made = office.write("petr", lambda s, who, r: actions.add_comment(s, who, r("ERIS"), "beze změny").id)
    office.write("petr", lambda s, who, r: actions.edit_comment(s, who, s.get_one(Comment, made), " beze změny\r\n"))
    with transaction.unit(office.engine) as s:
        comment = s.get_one(Comment, made)
        assert (comment.edited_at, comment.version) == (None, 1)


def test_a_withdrawn_comment_keeps_its_place_and_history_keeps_what_it_said(office) -> None:
    petr, jana = office.browser("petr"), office.browser("jana")
    say(petr, office, "unáhlený výrok")
    sure = petr.get("/comments/1/withdraw")
    assert "unáhlený výrok" in sure.text
    petr.submit(sure)
    [told] = cards(jana.get(profile(office)))
    assert "komentář vyřazen" in told and "unáhlený" not in told and "Petr Velký" in told
    petr.get("/comments/1/edit", 404)
    with transaction.unit(office.engine) as s:
        last = s.scalar(select(func.max(Change.id)))
    assert "unáhlený výrok" in jana.get(f"/k/{last - 1}{profile(office)}").text


def test_the_past_shows_comments_as_they_were_then_and_nothing_to_write_with(office) -> None:
    petr = office.browser("petr")
    say(petr, office, "tehdy")
    with transaction.unit(office.engine) as s:
        then = s.scalar(select(func.max(Change.id)))
    petr.submit(petr.get("/comments/1/edit"), 303, {"comment": "dnes"})
    past = petr.get(f"/k/{then}{profile(office)}")
    assert "tehdy" in cards(past)[0] and "dnes" not in past.text
    assert past.soup.find("textarea") is None and "Sledovat" not in past.text and "upravit" not in cards(past)[0]
    before = petr.get(f"/k/{then - 1}{profile(office)}")
    assert cards(before) == [] and before.soup.find(id="comments") is None


def test_two_edits_of_one_comment_at_once_lose_neither(office) -> None:
    petr = office.browser("petr")
    say(petr, office, "základ")
    old = petr.get("/comments/1/edit")
    petr.submit(petr.get("/comments/1/edit"), 303, {"comment": "v první kartě"})
    clash = petr.submit(old, 409, {"comment": "v druhé kartě"})
    assert "v první kartě" in clash.text and "v druhé kartě" in clash.text
    petr.submit(clash, 303, {"choose-comment": "mine"})
    assert "v druhé kartě" in cards(petr.get(profile(office)))[0]


def test_comments_and_their_changes_are_no_history_of_the_portfolio(office) -> None:
    jana, eva = office.browser("jana"), office.browser("eva")
    rows = [len(one.get("/changes").soup.select(".hist > li")) for one in (jana, eva)]
    office.write("jana", lambda s, who, r: actions.add_comment(s, who, r("Tajný"), "o tom se nemluví"))
    with transaction.unit(office.engine) as s:
        last = s.scalar(select(func.max(Change.id)))
    assert [len(one.get("/changes").soup.select(".hist > li")) for one in (jana, eva)] == rows
    eva.get(f"/changes/{last}", 404)


def test_a_profile_shows_the_latest_comments_and_leads_to_all(office) -> None:
    for n in range(7):
        office.write("petr", lambda s, who, r, n=n: actions.add_comment(s, who, r("ERIS"), f"vzkaz {n}"))
    page = office.browser("eva").get(profile(office))
    assert [told.split()[-1] for told in cards(page)] == ["2", "3", "4", "5", "6"]
    everything = office.browser("eva").get(page.link("Všech 7 komentářů"))
    assert [told.split()[-1] for told in cards(everything)] == [str(n) for n in range(7)]


def test_a_disabled_person_stays_the_author(office) -> None:
    say(office.browser("petr"), office, "po mně zůstane")
    boss = office.browser("sprava")
    boss.submit(boss.get(f"/people/{office.people['petr']}/disable"))
    [told] = cards(office.browser("eva").get(profile(office)))
    assert "Petr Velký" in told and "po mně zůstane" in told
