"""Two people change the same set of a project: a set is one unit, so the second is asked and nothing is lost."""

from __future__ import annotations

import threading

import pytest

from portal.kernel import codes, transaction
from portal.projects.queries import sets_of
from tests.factories import changing, frameworks, partners, projects

SETS = ("countries", "sectors", "themes", "further_frameworks")
SECTORS = ("15190", "15130", "15160")


@pytest.fixture
def scene(engine) -> dict[str, object]:
    """A project, and for each set three members with their names, the first of which it has."""
    with transaction.unit(engine) as s, changing(s):
        countries = [
            partners.country(s, name, code) for name, code in (("Gruzie", "GE"), ("Arménie", "AM"), ("Moldavsko", "MD"))
        ]
        themes = [projects.theme(s, name) for name in ("Návraty", "Azyl", "Víza")]
        others = [frameworks.framework(s, name) for name in ("Panel", "Dialog", "Partnerství")]
        members = {
            "countries": [(c.id, c.name_cs) for c in countries], "themes": [(t.id, t.name_cs) for t in themes],
            "further_frameworks": [(f.id, f.name_cs) for f in others],
            "sectors": [(code, codes.label("sectors", code, "cs")) for code in SECTORS],
        }  # fmt: skip
        first = {name: [members[name][0][0]] for name in SETS}
        project = projects.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"), **first)
        return {"path": f"/projects/{project.id}/edit", "project": project.id} | members


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True), client_as("editor", everywhere=True)


def cells(page, unit: str, names: list[str]) -> list[list[str]]:
    """As opened, theirs, mine: which of the names the page of clashes says there."""
    row = page.soup.find("input", attrs={"name": f"choose-{unit}"}).find_parent("tr")
    texts = [" ".join(cell.get_text(" ").replace("\u2060", "").split()) for cell in row.find_all("td")]
    return [[name for name in names if name in text] for text in texts]


def kept(engine, scene, name: str) -> set:
    with transaction.unit(engine) as s:
        return set(sets_of(s, scene["project"])[name])


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_each_set_is_shown_as_base_theirs_and_mine(scene, two, engine, name: str, choice: str) -> None:
    first, second = two
    (a, a_name), (b, b_name), (c, c_name) = scene[name]
    mine = second.get(scene["path"])
    first.submit(first.get(scene["path"]), fields={name: [str(a), str(b)]})
    clash = second.submit(mine, 409, {name: [str(a), str(c)], "note_cs": "moje poznámka"})
    names = [a_name, b_name, c_name]
    assert cells(clash, name, names) == [[a_name], [a_name, b_name], [a_name, c_name]]
    assert kept(engine, scene, name) == {a, b}
    second.submit(clash, fields={f"choose-{name}": choice})
    assert kept(engine, scene, name) == ({a, c} if choice == "mine" else {a, b})
    assert second.get(scene["path"]).value("note_cs") == "moje poznámka"


@pytest.mark.parametrize("name", SETS)
def test_a_set_i_left_alone_keeps_what_they_added_and_took_away(scene, two, engine, name: str) -> None:
    first, second = two
    (_a, _), (b, _), (c, _) = scene[name]
    mine = second.get(scene["path"])
    first.submit(first.get(scene["path"]), fields={name: [str(b), str(c)]})
    second.submit(mine, note_cs="moje poznámka")
    assert kept(engine, scene, name) == {b, c}


@pytest.mark.parametrize("name", SETS)
def test_of_two_sets_sent_at_the_same_moment_one_is_written_and_one_is_asked(scene, two, engine, name: str) -> None:
    (a, _), (b, _), (c, _) = scene[name]
    opened = [client.get(scene["path"]).values() for client in two]
    sent = [data | {name: [str(a), str(one)]} for data, one in zip(opened, (b, c), strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(scene["path"], data=data).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [303, 409]
    assert kept(engine, scene, name) in ({a, b}, {a, c})
