"""Saved views: kept under a name, offered to others, opened at once, and only their owner's to change."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.saved.models import SavedView, StartingView
from portal.saved.rules import MOST, problems_of_view
from tests.factories import changing, frameworks, partners

FUNDING = "/funding"


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        return {"georgia": partners.country(s).id, "framework": frameworks.framework(s, "Dialog").id}


def saved(client, query: str, name: str, **more: str):
    """Save the filters of an address as the button on the page does; the page it leads to."""
    page = client.get(f"{FUNDING}?{query}")
    form = client.get(page.link("Uložit tento pohled"))
    return client.follow(client.submit(form, 303, name=name, **more))


def test_a_view_is_saved_opened_changed_and_deleted(client_as, engine, scene) -> None:
    person = client_as("viewer", lang="cs")
    country = f"country={scene['georgia']}"
    home = person.get("/")
    assert (
        "Uložené pohledy" in home.soup.select_one(".account").get_text()
        and home.soup.main.find("h2", string="Uložené pohledy") is None
    )
    empty = person.get(person.get(FUNDING).link("Uložené pohledy"))
    assert empty.soup.select_one(".nav [aria-current]").get_text(strip=True) == "Financování"
    page = saved(person, f"{country}&certainty=public&size=9", "Gruzie z veřejných zdrojů")
    assert "Pohled je uložen" in page.text
    [open_now] = page.soup.select(".saved-views a[aria-current]")
    assert open_now.get_text(strip=True) == "Gruzie z veřejných zdrojů"
    assert open_now["href"] == f"{FUNDING}?certainty=public&{country}"  # the filters, nothing else, in one order
    other = person.get(f"{FUNDING}?certainty=public")
    assert other.soup.select(".saved-views a[aria-current]") == [] and open_now["href"] in other.links()

    listed = person.get("/saved-views")
    form = person.get(listed.link("Upravit : Gruzie z veřejných zdrojů"))
    assert person.submit(form, 422, name="  ").errors()
    assert "Pohled je upraven" in person.follow(person.submit(form, 303, name="Gruzie")).text
    gone = person.get(person.get("/saved-views").link("Smazat : Gruzie"))
    assert "Pohled je smazán" in person.follow(person.submit(gone, 303)).text
    assert "Zatím není uložen žádný pohled" in person.get("/saved-views").text


def test_charts_are_saved_with_their_group_and_stand_apart_from_funding(client_as, engine, scene) -> None:
    person = client_as("viewer", lang="cs")
    country = f"country={scene['georgia']}"
    form = person.get(person.get(f"/charts?group=places&{country}&page=3").link("Uložit tento pohled"))
    page = person.follow(person.submit(form, 303, name="Mapa Gruzie"))
    [open_now] = page.soup.select(".saved-views a[aria-current]")
    assert open_now["href"] == f"/charts?{country}&group=places"
    assert "Mapa Gruzie" not in person.get(FUNDING).soup.main.get_text()
    listed = person.get("/saved-views").soup.select_one("main tbody th").get_text(" ", strip=True)
    assert listed == "Mapa Gruzie Grafy"
    assert (
        person.get(f"/charts?{country}&group=money")
        .link("Uložit tento pohled")
        .endswith(f"of=dashboards.charts&{country}")
    )


def test_one_starts_with_a_view_until_one_asks_for_the_whole(client_as, engine, scene) -> None:
    person = client_as("editor", lang="cs")
    saved(person, "certainty=all", "Vše", start="y")
    assert person.get(FUNDING, 302).location == f"{FUNDING}?certainty=all"
    whole = person.get(f"{FUNDING}?all=1")
    assert whole.h1 == person.get(f"{FUNDING}?certainty=all").h1 and f"{FUNDING}?all=1" in whole.links()
    last = person.get(f"{FUNDING}?country={scene['georgia']}")
    assert [a["href"] for a in last.soup.select("a.chip")] == [f"{FUNDING}?all=1"]
    page = person.get("/saved-views")
    assert "otevírá se vám s ním" in page.text
    saved(person, "certainty=public", "A jiný")
    card = person.get("/").soup.find("h2", string="Uložené pohledy").find_parent("section")
    said = [" ".join(one.get_text(" ").split()) for one in card.select("li")]
    assert said == ["Vše Financování, otevírá se vám s ním", "A jiný Financování"]
    assert card.li.a["href"] == f"{FUNDING}?certainty=all"
    page = person.follow(person.submit(page, 303, form="/start"))
    assert "bude otevírat celá" in page.text and person.get(FUNDING).status == 200


def test_others_are_offered_what_is_shared_and_change_nothing(client_as, engine, scene) -> None:
    owner, other = client_as("editor", name="Jana Malá", lang="cs"), client_as("viewer", lang="en")
    saved(owner, "certainty=all", "Jen moje")
    saved(owner, "certainty=public", "Pro vedení", shared="y")
    bar = other.get(FUNDING).soup.select_one(".saved-bar").get_text(" ")
    assert "Pro vedení (Jana Malá)" in " ".join(bar.split()) and "Jen moje" not in bar
    with transaction.unit(engine) as s:
        ids = dict(s.execute(select(SavedView.name, SavedView.id)).all())
    for page in ("edit", "delete"):
        other.get(f"/saved-views/{page}?view={ids['Pro vedení']}", 403)
        other.get(f"/saved-views/{page}?view={ids['Jen moje']}", 404)
        assert other.get(f"/saved-views/{page}", 303).location == "/saved-views"
        other.get(f"/saved-views/{page}?view=nic", 404)
    other.follow(other.submit(other.get("/saved-views"), 303, form="/start"))
    assert other.get(FUNDING, 302).location == f"{FUNDING}?certainty=public"
    form = owner.get(f"/saved-views/edit?view={ids['Pro vedení']}")
    owner.submit(form, 303, {"shared": []})
    assert other.get(FUNDING).status == 200
    with transaction.unit(engine) as s:
        assert s.scalars(select(StartingView)).all() == []
        s.execute(delete(Person).where(Person.name == "Jana Malá"))
        assert s.scalars(select(SavedView)).all() == []


def test_names_are_there_once_and_nothing_typed_is_lost(client_as, scene) -> None:
    person = client_as("viewer", lang="cs")
    saved(person, "certainty=all", "Přehled")
    form = person.get("/saved-views/add?of=dashboards.funding&certainty=public")
    refused = person.submit(form, 422, name=" přehled ", shared="y")
    assert "Pohled tohoto názvu už máte" in refused.text and refused.value("name").strip() == "přehled"
    assert refused.soup.select_one("input[name=shared]").has_attr("checked")
    assert "certainty=public" in refused.soup.select_one("main form")["action"]
    person.get("/saved-views/add?of=portfolio.home", 404)


def test_views_are_of_the_present(client_as, engine, scene) -> None:
    person = client_as("viewer", lang="cs")
    saved(person, "certainty=all", "Vše", start="y")
    past = person.get("/k/1/funding")
    assert past.status == 200 and past.soup.select(".saved-bar") == []


def test_a_name_is_needed_short_and_new() -> None:
    assert problems_of_view("", set(), 0) == {"name": "view_name_missing"}
    assert problems_of_view("á" * 81, set(), 0) == {"name": "view_name_too_long"}
    assert problems_of_view("Á" * 80, {"á" * 80}, 1) == {"name": "view_name_taken"}
    assert problems_of_view("Nový", set(), MOST) == {"": "too_many_views"}
    assert problems_of_view("Nový", {"jiný"}, MOST - 1) == {}


def test_views_stand_in_the_order_of_the_language(client_as, scene) -> None:
    person = client_as("viewer", lang="cs")
    for name in ("Zprávy", "čtvrtletí", "Chorvatsko", "Dotace"):
        saved(person, f"country={scene['georgia']}", name)
    names = {lang: [] for lang in ("cs", "en")}
    for lang, found in names.items():
        person.speak(lang)
        found += [link.get_text(strip=True) for link in person.get(FUNDING).soup.select(".saved-views li a")]
    assert [n for n in names["cs"] if n in ("Zprávy", "čtvrtletí", "Chorvatsko", "Dotace")] == [
        "čtvrtletí", "Dotace", "Chorvatsko", "Zprávy",
    ]  # fmt: skip
    assert [n for n in names["en"] if n in ("Zprávy", "čtvrtletí", "Chorvatsko", "Dotace")] == [
        "Chorvatsko", "čtvrtletí", "Dotace", "Zprávy",
    ]  # fmt: skip
