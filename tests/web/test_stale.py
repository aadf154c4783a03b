"""Two people at one record: the second gets base, theirs and mine, and nothing is lost."""

from __future__ import annotations


def two_edits(client, mine, first=None):
    """Both open the form; the first saves, then the second sends `mine`."""
    opened = client.get("/things/1/edit")
    client.submit(client.get("/things/1/edit"), fields={"status": "2", **(first or {"note_cs": "jejich poznámka"})})
    return opened, mine


def test_a_clash_shows_base_theirs_and_mine_and_saves_nothing(client):
    opened, mine = two_edits(client, {"note_cs": "moje poznámka", "name_en": "Mine", "status": "2"})
    page = client.submit(opened, 409, mine)
    assert page.h1 == "Dvě změny najednou"
    row = page.soup.select_one("table.merge tbody tr")
    cells = [" ".join(td.get_text(" ").split()) for td in row.find_all("td")]
    assert cells[0] == "původní"
    assert cells[1].endswith("jejich poznámka") and cells[2].endswith("moje poznámka")
    assert "Jana Malá: změna záznamu 3. 12. 2026 v 9.00" in page.text.replace("\u00a0", " ")
    assert "Název (anglicky) vaše Mine" in page.text
    assert "moje poznámka" not in client.get("/things/1").text


def test_choosing_mine_saves_it_with_what_did_not_clash(client):
    opened, mine = two_edits(client, {"note_cs": "moje poznámka", "name_en": "Mine", "status": "2"})
    page = client.submit(opened, 409, mine)
    client.submit(page, 303, {"choose-note_cs": "mine"})
    assert "moje poznámka" in client.get("/things/1").text
    assert client.get("/things/1/edit").value("name_en") == "Mine"


def test_choosing_theirs_keeps_it(client):
    opened, mine = two_edits(client, {"note_cs": "moje poznámka", "name_en": "Mine", "status": "2"})
    client.submit(client.submit(opened, 409, mine), 303, {"choose-note_cs": "theirs"})
    assert "jejich poznámka" in client.get("/things/1").text


def test_no_choice_asks_again_with_everything_typed(client):
    opened, mine = two_edits(client, {"note_cs": "moje poznámka", "name_en": "Mine", "status": "2"})
    page = client.submit(client.submit(opened, 409, mine), 409)
    assert page.value("note_cs") == "moje poznámka" and page.value("name_en") == "Mine"


def test_a_third_edit_meanwhile_asks_again(client):
    opened, mine = two_edits(client, {"note_cs": "moje poznámka", "status": "2"})
    page = client.submit(opened, 409, mine)
    client.submit(client.get("/things/1/edit"), fields={"status": "2", "note_cs": "třetí poznámka"})
    page = client.submit(page, 409, {"choose-note_cs": "mine"})
    assert "třetí poznámka" in page.text
    client.submit(page, 303, {"choose-note_cs": "mine"})
    assert "moje poznámka" in client.get("/things/1").text


def test_changes_that_do_not_clash_are_joined_without_asking(client):
    opened, mine = two_edits(client, {"name_en": "Mine", "name_cs": "Původní", "note_cs": "původní", "status": "2"})
    client.submit(opened, 303, mine)
    assert "jejich poznámka" in client.get("/things/1").text


def test_the_page_of_choices_works_in_english_too(client):
    opened, mine = two_edits(client, {"note_cs": "mine", "status": "2"})
    client.speak("en")
    assert client.submit(opened, 409, mine).h1 == "Two changes at once"
