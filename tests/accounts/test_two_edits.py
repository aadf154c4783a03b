"""Two administrators edit one account: what clashes is shown as base, theirs and mine, nothing is lost."""

from __future__ import annotations

import json
import threading

import pytest
from sqlalchemy import select

from portal.accounts import queries
from portal.accounts.models import Person, PersonFramework
from portal.kernel import transaction
from tests.factories import accounts, changing, frameworks


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """An editor of one of three frameworks; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        made = {name: frameworks.framework(s, f"Rámec {name}").id for name in "ABC"}
        jana = accounts.person(s, "editor", login="jana", name="Jana Nová", frameworks=[made["A"]], lang="cs")
        return made | {"jana": jana.id}


@pytest.fixture
def two(client_as):
    """Two administrators' browsers."""
    return client_as("administrator", name="Eva Malá"), client_as("administrator", name="Petr Velký")


def path(scene) -> str:
    return f"/people/{scene['jana']}"


def stored(engine) -> dict:
    with transaction.unit(engine) as s:
        jana = s.scalars(select(Person).where(Person.login == "jana")).one()
        given = sorted(queries.frameworks_given(s, jana.id))
        return {
            "name": jana.name,
            "role": jana.role,
            "everywhere": jana.everywhere,
            "lang": jana.lang,
            "frameworks": given,
        }


def cells(page, unit: str) -> list[str]:
    """As opened, theirs, mine: what the page of clashes says of one unit."""
    row = page.soup.find("input", attrs={"name": f"choose-{unit}"}).find_parent("tr")
    texts = [cell.find(class_="pre") or cell.find("label") for cell in row.find_all("td")]
    return [" ".join(text.get_text(" ").split()).split(": ")[-1] for text in texts]


def test_each_field_of_an_account_is_shown_as_base_theirs_and_mine(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    theirs = {"name": "Jana Malá", "role": "reporting_officer", "lang": "en", "frameworks": [str(scene["B"])]}
    first.submit(first.get(path(scene)), fields=theirs)
    before = stored(engine)
    typed = {"name": "Jana Svobodová", "role": "administrator", "lang": "", "frameworks": [str(scene["C"])]}
    clash = second.submit(mine, 409, typed)
    assert clash.h1 == "Dvě změny najednou"
    assert "Eva Malá: změna záznamu" in clash.text.replace("\xa0", " ")
    assert cells(clash, "name") == ["Jana Nová", "Jana Malá", "Jana Svobodová"]
    assert cells(clash, "role") == ["Editor", "Referent pro zprávy", "Správce"]
    assert cells(clash, "lang") == ["Česky", "English", "podle nastavení portálu"]
    assert cells(clash, "frameworks") == ["Rámec A", "Rámec B", "Rámec C"]
    assert stored(engine) == before

    choices = {"choose-name": "mine", "choose-role": "theirs", "choose-lang": "mine"}
    unsaid = second.submit(clash, 409, choices)
    assert stored(engine) == before and unsaid.value("name") == "Jana Svobodová"
    second.submit(unsaid, fields=choices | {"choose-frameworks": "theirs"})
    assert stored(engine) == {
        "name": "Jana Svobodová", "role": "reporting_officer", "everywhere": False, "lang": None,
        "frameworks": [scene["B"]],
    }  # fmt: skip


def test_what_does_not_clash_is_joined_without_asking(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    first.submit(first.get(path(scene)), role="reporting_officer", frameworks=[str(scene["A"]), str(scene["B"])])
    second.submit(mine, name="Jana Svobodová", lang="en")
    assert stored(engine) == {
        "name": "Jana Svobodová", "role": "reporting_officer", "everywhere": False, "lang": "en",
        "frameworks": [scene["A"], scene["B"]],
    }  # fmt: skip


def test_rights_everywhere_given_meanwhile_stay(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    first.submit(first.get(path(scene)), fields={"everywhere": "1", "frameworks": None})
    second.submit(mine, name="Jana Svobodová")
    assert (stored(engine)["everywhere"], stored(engine)["name"]) == (True, "Jana Svobodová")


def test_a_name_changed_meanwhile_is_told_of_without_guessing_by_whom(scene, two, engine) -> None:
    first, second = two
    first.submit(first.get(path(scene)), role="reporting_officer")
    mine = second.get(path(scene))
    second.submit(second.get(path(scene)), name="Jana Malá")
    clash = second.submit(mine, 409, name="Jana Svobodová")
    assert "Eva Malá" not in clash.soup.main.get_text()
    second.submit(clash, **{"choose-name": "mine"})
    assert stored(engine)["name"] == "Jana Svobodová"


def test_making_somebody_a_viewer_clashes_with_rights_given_meanwhile(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    first.submit(first.get(path(scene)), frameworks=[str(scene["A"]), str(scene["B"])])
    clash = second.submit(mine, 409, role="viewer")
    assert cells(clash, "frameworks") == ["Rámec A", "Rámec A, Rámec B", "žádný rámec"]

    refused = second.submit(clash, 422, **{"choose-frameworks": "theirs"})
    assert refused.errors() == [
        "Eva Malá: záznam se mezitím změnil. Obě změny jsou níže spojeny.",
        "Role : Čtenář nikde nezapisuje. Zvolte jinou roli, nebo odeberte práva k zápisu.",
    ]
    assert refused.values()["frameworks"] == [str(scene["A"]), str(scene["B"])]
    assert stored(engine)["role"] == "editor"
    second.submit(refused, role="reporting_officer")
    assert (stored(engine)["role"], stored(engine)["frameworks"]) == ("reporting_officer", [scene["A"], scene["B"]])

    second.submit(clash, 409)
    second.submit(second.submit(mine, 409, role="viewer"), **{"choose-frameworks": "mine", "choose-role": "mine"})
    assert (stored(engine)["role"], stored(engine)["frameworks"]) == ("viewer", [])


def test_rights_that_both_leave_to_the_other_are_asked_for(scene, two, engine) -> None:
    """Rights of both kinds at once are not given any more; accounts may have them."""
    first, second = two
    with transaction.unit(engine) as s:
        s.get_one(Person, scene["jana"]).everywhere = True
    mine = second.get(path(scene))
    first.submit(first.get(path(scene)), fields={"frameworks": None})
    refused = second.submit(mine, 422, fields={"everywhere": None})
    assert "Vyberte aspoň jeden rámec" in refused.errors()[1]
    assert stored(engine)["everywhere"] is True
    second.submit(refused, frameworks=str(scene["C"]))
    assert (stored(engine)["everywhere"], stored(engine)["frameworks"]) == (False, [scene["C"]])


def test_a_third_edit_meanwhile_is_asked_about_too(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    first.submit(first.get(path(scene)), role="reporting_officer")
    clash = second.submit(mine, 409, role="administrator")
    first.submit(first.get(path(scene)), role="viewer")
    again = second.submit(clash, 409, **{"choose-role": "mine"})
    assert cells(again, "role") == ["Editor", "Čtenář", "Správce"]
    second.submit(again, **{"choose-role": "mine"})
    assert stored(engine)["role"] == "administrator"


def test_disabling_the_account_meanwhile_is_no_clash_and_stays(scene, two, engine) -> None:
    first, second = two
    mine = second.get(path(scene))
    first.submit(first.get(f"{path(scene)}/disable"))
    second.submit(mine, name="Jana Svobodová")
    with transaction.unit(engine) as s:
        jana = s.get_one(Person, scene["jana"])
        assert (jana.active, jana.name) == (False, "Jana Svobodová")


def test_frameworks_the_administrator_may_not_see_are_neither_shown_nor_lost(scene, two, engine) -> None:
    first, second = two
    with transaction.unit(engine) as s, changing(s):
        secret = frameworks.framework(s, "Utajený", confidential=True)
        s.add(PersonFramework(person_id=scene["jana"], framework_id=secret.id))
        hidden = secret.id
    mine = second.get(path(scene))
    assert json.loads(mine.value("drawn"))["frameworks"] == [scene["A"]]
    first.submit(first.get(path(scene)), frameworks=[str(scene["B"])])
    clash = second.submit(mine, 409, frameworks=[str(scene["C"])])
    assert "Utajený" not in clash.text and str(hidden) not in clash.value("drawn")
    second.submit(clash, **{"choose-frameworks": "mine"})
    assert stored(engine)["frameworks"] == sorted([scene["C"], hidden])


@pytest.mark.parametrize(
    "drawn",
    ["", "x", "{}", "[]", "[" * 5000, '{"name": 1, "role": [], "everywhere": 1, "frameworks": [[]], "lang": {}}'],
)
def test_a_form_that_does_not_say_what_it_was_drawn_from_writes_nothing(scene, two, engine, drawn: str) -> None:
    refused = two[0].submit(two[0].get(path(scene)), 422, drawn=drawn, name="Jana Svobodová")
    assert "neúplný" in refused.errors()[0]
    assert refused.value("name") == "Jana Svobodová"
    assert stored(engine)["name"] == "Jana Nová"


def test_of_two_edits_sent_at_the_same_moment_one_is_written_and_one_is_asked(scene, two, engine) -> None:
    opened = [client.get(path(scene)).values() for client in two]
    sent = [data | {"name": name} for data, name in zip(opened, ("Jana Malá", "Jana Velká"), strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(path(scene), data=data).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [303, 409]
    assert stored(engine)["name"] in ("Jana Malá", "Jana Velká")


def test_two_administrators_who_demote_each_other_at_once_leave_one(two, engine) -> None:
    with transaction.unit(engine) as s:
        ids = {p.name: p.id for p in s.scalars(select(Person).where(Person.role == "administrator"))}
    paths = [f"/people/{ids['Petr Velký']}", f"/people/{ids['Eva Malá']}"]
    sent = [client.get(where).values() | {"role": "viewer"} for client, where in zip(two, paths, strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, where, data) -> None:
        start.wait()
        answers.append(client.browser.post(where, data=data).status_code)

    threads = [threading.Thread(target=send, args=given) for given in zip(two, paths, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(answer < 500 for answer in answers) and answers.count(303) == 1
    with transaction.unit(engine) as s:
        assert len(s.scalars(select(Person).where(Person.role == "administrator")).all()) == 1
