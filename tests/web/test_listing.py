"""Lists: the address is the view, pages by the last row, honest counts. On both engines."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.kernel.db import make_engine
from portal.kernel.record import Record
from portal.kernel.transaction import change, unit
from portal.web.i18n import speaking
from portal.web.listing import Listing, Sort
from tests.web.conftest import add_thing
from tests.web.toy import LISTING, T

STATEMENT = sa.select(T.c.id, T.c.name_cs, T.c.reference).where(T.c.kind == "many")


@pytest.fixture(scope="module")
def many(databases, web_template):
    """130 things: names in groups of three alike, every second without a reference."""
    url = databases.copy(web_template)
    engine = make_engine(url)
    with unit(engine) as s, change(s, door="seed", actor_name="test"):
        for n in range(130):
            add_thing(
                s, f"Věc {n // 3:03}", kind="many", reference=None if n % 2 else f"r{n % 7}",
                certainty="document" if n < 30 else "public", confidential=n % 10 == 0,
            )  # fmt: skip
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def s(many):
    with Session(many) as s:
        yield s


def opened(s, *pairs, listing=LISTING):
    return listing.open(s, None, MultiDict(pairs), "cs")


def read(s, address: str, listing=LISTING):
    from urllib.parse import parse_qsl

    v = opened(s, *parse_qsl(address.lstrip("?")), listing=listing)
    return v, v.rows(STATEMENT)


def test_the_first_page_says_where_it_stands(s):
    v, rows = read(s, "")
    assert [row.name_cs for row in rows[:4]] == ["Věc 000", "Věc 000", "Věc 000", "Věc 001"]
    assert (len(rows), v.count.n, v.count.more) == (50, 130, False)
    with speaking("cs"):
        assert v.range_text == "1–50 ze\u00a0130"
    assert v.previous_url is None and v.next_url


@pytest.mark.parametrize("order", ["", "sort=-name", "sort=reference", "sort=-reference"])
@pytest.mark.parametrize("size", [25, 50, 100])
def test_pages_forwards_and_back_hold_every_row_once_and_in_one_order(s, order, size):
    address, forth, starts = f"{order}&size={size}", [], []
    while address:
        v, rows = read(s, address)
        forth.append([row.id for row in rows])
        starts.append(v.start)
        address, last = v.next_url, v
    ids = [one for page in forth for one in page]
    assert len(ids) == 130 == len(set(ids))
    assert starts == list(range(0, 130, size))
    expected = s.scalars(last.ordered(sa.select(T.c.id).where(T.c.kind == "many"))).all()
    assert ids == expected
    back, address = [forth[-1]], last.previous_url
    while address:
        v, rows = read(s, address)
        back.append([row.id for row in rows])
        address = v.previous_url
    assert back[::-1] == forth


def test_unknown_values_come_last_in_either_direction(s):
    for order in ("sort=reference", "sort=-reference"):
        _v, rows = read(s, f"{order}&size=100")
        known = [row.reference is not None for row in rows]
        assert known == [True] * 65 + [False] * 35


def test_a_row_written_meanwhile_moves_no_other_row(many, s):
    v, rows = read(s, "size=25")
    seen = [row.id for row in rows]
    s.rollback()
    with unit(many) as w, change(w, door="seed", actor_name="test"):
        add_thing(w, "Aaa", kind="many")
    v, rows = read(s, v.next_url)
    assert not set(seen) & {row.id for row in rows}
    assert rows[0].name_cs == "Věc 008"
    s.rollback()
    with unit(many) as w, change(w, door="seed", actor_name="test"):
        w.execute(sa.delete(T).where(T.c.name_cs == "Aaa"))


def test_filters_stand_in_the_address_and_can_be_taken_off_one_by_one(s):
    v, rows = read(s, "certainty=document&certainty=public&secret=1&sort=-name&size=25")
    assert v.count.n == 13 and len(rows) == 13
    assert [(chip.label, chip.value) for chip in v.active] == [
        ("Jistota", "dokument"), ("Jistota", "veřejný"), ("Důvěrnost", "jen důvěrné"),
    ]  # fmt: skip
    assert v.active[0].without == "?certainty=public&secret=1&sort=-name&size=25"
    assert v.active[2].without == "?certainty=document&certainty=public&sort=-name&size=25"
    assert v.cleared == "?sort=-name&size=25"
    assert read(s, v.active[2].without)[0].count.n == 130


def test_a_new_filter_keeps_the_order_and_adds_to_a_many_valued_one(s):
    v, _rows = read(s, "certainty=document&secret=1&sort=-name&after=xyz&other=1")
    assert v.kept() == [("sort", "-name"), ("other", "1"), ("certainty", "document")]
    with speaking("cs"):
        assert v.placeholder(LISTING.filter("certainty")) == "1 vybraná"
    assert [value for value, _label, _chosen in v.options(LISTING.filter("certainty"))] == ["public"]


def test_typed_filters_search_and_say_what_they_cannot_read(s):
    assert read(s, "q=019")[0].count.n == 3
    v, _rows = read(s, "year=loni")
    assert (
        v.notices == ["Rok: rok se píše čtyřmi číslicemi"]
        and v.count.n == 130
        and v.text(LISTING.filter("year")) == "loni"
    )


@pytest.mark.parametrize(
    "address",
    [
        "certainty=hearsay",
        "sort=colour",
        "after=abc",
        "after=%00",
        "before=W10",
        "after=" + "A" * 5000,
        "after=WzAsMSwyLDNd",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_list_and_says_so(s, address):
    with speaking("cs"):
        v, rows = read(s, address)
    assert len(rows) == 50 and len(v.notices) == 1 and rows[0].name_cs == "Věc 000"


def test_a_cursor_of_another_order_is_not_taken_for_this_one(s):
    v, _rows = read(s, "sort=reference&size=25")
    cursor = v.next_url.rpartition("after=")[2]
    v, rows = read(s, f"sort=name&after={cursor}")
    assert v.notices and rows[0].name_cs == "Věc 000"


def test_odd_sizes_and_texts_fall_back(s):
    assert len(read(s, "size=7")[1]) == 50
    assert read(s, "q=%00%01")[0].count.n == 130
    assert read(s, "q=" + "x" * 3000)[0].count.n == 0


def test_nothing_found_is_said_without_pages(s):
    v, rows = read(s, "q=nikde")
    with speaking("cs"):
        assert rows == [] and v.range_text == "0 záznamů" and v.next_url is None and v.previous_url is None


def test_beyond_a_thousand_the_count_is_exact_only_on_request(s):
    numbers = sa.select(sa.literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.n + 1).where(numbers.c.n < 1500))
    listing = Listing(filters=(), sorts=(Sort("n", "n", lambda v: [numbers.c.n]),), key=numbers.c.n)
    v = opened(s, listing=listing)
    rows = v.rows(sa.select(numbers.c.n))
    assert rows[:3] == [1, 2, 3] and (v.count.n, v.count.more) == (1000, True)
    with speaking("cs"):
        assert str(v.count) == "více než 1\u00a0000" and v.range_text == "1–50 z více než 1\u00a0000"
    exact = opened(s, ("count", "exact"), listing=listing)
    exact.rows(sa.select(numbers.c.n))
    assert (exact.count.n, exact.count.more) == (1500, False)


def test_a_list_of_entities_gives_entities_and_two_queries_whatever_its_length(s):
    count = []
    sa.event.listen(s.get_bind(), "before_cursor_execute", lambda *a: count.append(a[2][:6]))
    listing = Listing(filters=(), sorts=(Sort("name", "n", lambda v: [Record.order_cs]),), key=Record.id)
    base = Record.__mapper__
    v = opened(s, listing=listing)
    rows = v.rows(sa.select(T.c.name_cs).select_from(Record).where(T.c.kind == "many"))
    assert rows[:2] == ["Věc 000", "Věc 000"] and count.count("SELECT") == 2 and base.local_table is T


def test_sorting_links_turn_the_order_round(s):
    v, _rows = read(s, "certainty=public")
    assert v.sort_url("name") == "?certainty=public&sort=-name"
    assert v.sort_url("reference") == "?certainty=public&sort=-reference"
    assert read(s, "sort=-reference")[0].sort_url("reference") == "?sort=reference"


def test_the_page_of_a_list_leads_on_and_back(client):
    page = client.get("/things?size=25")
    assert "1–6 ze 6" in page.text.replace("\u00a0", " ")
    assert [a.get_text() for a in page.soup.select("tbody th a")] == [
        "Cesta",
        "Česko",
        "Hory",
        "Chorvatsko",
        "Rok",
        "Řeka",
    ]
    assert page.soup.find("th", attrs={"aria-sort": "ascending"}).get_text() == "Název"
    chosen = client.get("/things?certainty=document")
    assert len(chosen.soup.select("tbody tr")) == 2
    assert client.get("/things" + chosen.soup.select_one("a.chip")["href"]).soup.select("a.chip") == []
    empty = client.get("/things?q=nic")
    assert "Nic tu není." in empty.text
    assert client.get("/things?sort=nesmysl&year=x").text.count("rok se píše čtyřmi číslicemi") == 1
