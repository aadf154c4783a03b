"""What else a workbook keeps of the values that changed: charts, pivot tables, and the mark that asks Excel to compute."""

from __future__ import annotations

from xml.sax.saxutils import escape

from portal.workbooks.filling.areas import Area
from portal.workbooks.filling.book import Book
from portal.workbooks.filling.calculating import Computed
from portal.workbooks.filling.pivots import Pivots
from portal.workbooks.filling.references import area
from portal.workbooks.filling.sheet import Spot
from portal.workbooks.filling.tags import Element, elements, spliced, with_attribute
from portal.workbooks.filling.values import Value, held, outcome

Cells = dict[tuple[str, Spot], Value]


def refresh(book: Book, cells: Cells, computed: Computed) -> None:
    """Bring up to date what the package keeps of the cells written and computed."""
    now: Cells = {**cells, **computed.values, **{one.key: None for one in computed.lost}}
    if not now:
        return
    _ask_to_compute(book)
    package = book.package
    for name in sorted(package.names):
        if name.startswith("xl/charts/") and name.endswith(".xml") and b"Cache>" in package.read(name):
            _chart(book, name, now)
    for name in sorted(Pivots(book).made_from(now)):
        _pivot(book, name)


def _ask_to_compute(book: Book) -> None:
    """Excel computes everything when it opens the file, whatever is saved."""
    package = book.package
    data = package.read(package.workbook)
    found = list(elements(data, "calcPr", "workbook", "definedNames", "sheets", "externalReferences"))
    by_name = {one.name: one for one in found}
    if "calcPr" in by_name:
        changes = [with_attribute(data, by_name["calcPr"], "fullCalcOnLoad", "1")]
    else:  # the format fixes the order: after names, else links, else sheets
        last = next(by_name[name] for name in ("definedNames", "externalReferences", "sheets") if name in by_name)
        prefix = data[by_name["sheets"].start + 1 : by_name["sheets"].inside].split(b">")[0].split()[0]
        name = prefix.rstrip(b"/").removesuffix(b"sheets") + b"calcPr"
        changes = [(last.after, last.after, b'<%s fullCalcOnLoad="1"/>' % name)]
    package.replace(package.workbook, spliced(data, changes))


def _value(book: Book, now: Cells, sheet: str, spot: Spot) -> Value:
    cells = book.sheet(sheet).cells
    return now[sheet, spot] if (sheet, spot) in now else (cells[spot].value if spot in cells else None)


def _touched(now: Cells, sheet: str, where: Area) -> bool:
    return any(at == sheet and where.holds(*spot) for at, spot in now)


def _chart(book: Book, name: str, now: Cells) -> None:
    """The values a chart keeps of the cells it draws, where one of them changed."""
    data = book.package.read(name)
    found = list(elements(data, "f", "numCache", "strCache", "ptCount", "pt"))
    changes: list[tuple[int, int, bytes]] = []
    for cache in (one for one in found if one.name in ("numCache", "strCache")):
        source = next((one for one in found if one.name == "f" and one.parent is cache.parent), None)
        placed = area(book, "", held(data, source)) if source is not None else None
        if placed is None or not _touched(now, *placed):
            continue
        points = [one for one in found if one.parent is cache]
        changes += _points(book, data, cache, points, placed, now)
    if changes:
        book.package.replace(name, spliced(data, changes))


def _points(
    book: Book, data: bytes, cache: Element, points: list[Element], placed: tuple[str, Area], now: Cells
) -> list[tuple[int, int, bytes]]:
    """The changes that give a cache the points of its cells. How they are shown stays as it was."""
    sheet, where = placed
    prefix = data[cache.start + 1 : cache.inside].split(b">")[0].split()[0].removesuffix(cache.name.encode())
    spots = list(where.cut(*_filled(book, now, sheet)).cells())
    new = [b'<%sptCount val="%d"/>' % (prefix, len(spots))]
    for number, spot in enumerate(spots):
        value = _value(book, now, sheet, spot)
        if value is None or (cache.name == "numCache" and isinstance(value, str)):
            continue
        text = escape(value).encode() if isinstance(value, str) else outcome(value, b"")[1][3:-4]
        new.append(b'<%spt idx="%d"><%sv>%s</%sv></%spt>' % (prefix, number, prefix, text, prefix, prefix))
    if not points:
        return [(cache.end, cache.end, b"".join(new))]
    return [(points[0].start, points[-1].after, b"".join(new))]


def _filled(book: Book, now: Cells, sheet: str) -> Spot:
    rows, columns = book.sheet(sheet).end
    new = [spot for at, spot in now if at == sheet]
    return max([rows, *(row for row, _ in new)]), max([columns, *(column for _, column in new)])


def _pivot(book: Book, name: str) -> None:
    """A pivot table over cells that changed is made anew by Excel when it opens the file."""
    data = book.package.read(name)
    root = next(one for one in elements(data, "pivotCacheDefinition"))
    book.package.replace(name, spliced(data, [with_attribute(data, root, "refreshOnLoad", "1")]))
