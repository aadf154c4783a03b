"""What pages say beside a total: by which sources it is, in one wording; what is only inferred to be inside; where there is
nothing of which an amount could be known."""

from __future__ import annotations

from sqlalchemy import select

from portal.figures import FIGURES, Scope
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from tests.factories.funding import eur

DOCUMENTS, PUBLIC = "podle dokumentů ministerstva", "i podle veřejných zdrojů"


def plain(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u2060", "").split())


def test_the_pages_of_the_seed_say_how_sure_a_total_is_and_what_it_does_not_cover(read_as, seeded) -> None:
    viewer = read_as("viewer", "cs")

    def main(path: str) -> str:
        return plain(viewer.get(path).soup.select_one(".figs"))

    # One total, its sources said once; a certainty is not repeated where all of it has that one.
    public = main("/funding?certainty=public")
    assert "≈ 6 600 000 EUR" in public and public.count("6 600 000") == 1 and PUBLIC in public
    assert "zahrnuto v něm a nepřičteno: 600 000 EUR (odvozeno)" in public
    assert DOCUMENTS in main("/funding") and PUBLIC not in main("/funding")
    chosen = viewer.get("/funding?certainty=all").soup.select("[name=certainty] option")
    assert [plain(o) for o in chosen] == [DOCUMENTS, PUBLIC, "podle všech tvrzení, i nejistých"]
    behind = plain(viewer.get("/funding/known_funding/records?certainty=public").soup.main)
    assert f"Zdroje: {PUBLIC}" in behind and "zahrnuto v jiném toku výběru (odvozeno)" in behind
    assert "zahrnuto v něm a nepřičteno: 600 000 EUR (odvozeno)" in behind
    # What is inside by inference is no surer than that, though a document states the amount.
    value = FIGURES["known_funding"].value(seeded, SYSTEM, Scope(certainty="public"))
    assert [c.certainty for c in value.included_cells] == ["unsure"] and value.inside(False) == {}
    assert value.inside(True)["EUR"].exact == eur(600000)
    # Nothing that is ours is stated: no coverage of nothing.
    for reach, words in (("own", "že je poskytujeme my"), ("through", "že procházejí přes nás")):
        for path in (f"/funding?reach={reach}", f"/funding/known_funding/records?reach={reach}"):
            said = plain(viewer.get(path).soup.main)
            assert words in said and "0 z 0" not in said, path
    # ERIS is led by the Czech Republic, so it is led by us; what is known of how many is of those projects.
    eris = seeded.scalar(select(Record.id).where(Record.key == "eris"))
    led = viewer.get("/funding?reach=led").soup.main
    assert f"/projects/{eris}#money" in {a.get("href") for a in led.select("#gaps a")}
    # The page of management says by which sources its list of gaps is, and the list is by these.
    page = viewer.get("/management").soup.main
    unknown = plain(page.select_one("#unknown")).split("bez stavu")[0]
    assert f"Projekty bez známé částky {DOCUMENTS}" in unknown and "Building Migration Partnerships" not in unknown
    assert "a projekty bez známé částky jsou podle dokumentů ministerstva" in plain(page)
