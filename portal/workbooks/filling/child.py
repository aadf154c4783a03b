"""The process that looks through or fills one workbook: bounded in memory and time, and alone with it.

Run as a file by `process`. The standard input is a line of JSON (`{"do": "look"}` or `{"do": "fill", "values": …, "rows": …}`)
and then the workbook; to the standard output goes a line of JSON, and of a filled workbook its bytes. The arguments are limits.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    memory, seconds = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(__file__).parents[3]))
    asked = json.loads(sys.stdin.buffer.readline())
    told, data = _answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from portal.workbooks.filling import Unfillable
    from portal.workbooks.filling.looking import TooMany
    from portal.workbooks.filling.tags import Unclear

    try:
        return _looked(data) if asked["do"] == "look" else _filled(asked, data)
    except Unfillable as refused:
        obstacles = [(one.code, one.place and tuple(_spot(one.place)), one.params) for one in refused.obstacles]
        return {"obstacles": obstacles}, b""
    except Unclear as error:
        return {"obstacles": [("unclear", None, {"part": str(error)})]}, b""
    except TooMany:
        return {"obstacles": [("many_cells", None, {})]}, b""
    except MemoryError:
        return {"obstacles": [("too_heavy", None, {})]}, b""
    except Exception:
        return {"obstacles": [("broken", None, {})]}, b""


def _looked(data: bytes) -> tuple[dict[str, Any], bytes]:
    from portal.workbooks.filling.looking import look

    return {}, look(data).kept.encode()


def _filled(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from portal.workbooks.filling import Block, fill
    from portal.workbooks.filling.process import as_told, value_of
    from portal.workbooks.reading.cells import Place

    values = {Place(*spot): value_of(told) for spot, told in asked["values"]}
    rows = [
        Block(sheet, first, last, columns, [[value_of(told) for told in line] for line in lines])
        for sheet, first, last, columns, lines in asked["rows"]
    ]
    done = fill(data, values, rows)
    told = {
        "written": [_spot(place) for place in done.written],
        "computed": [_spot(place) for place in done.computed],
        "lost": [(_spot(one.place), one.reason) for one in done.lost],
        "parts": done.parts,
        "values": [(_spot(place), as_told(value)) for place, value in done.values.items()],
        "in_words": [_spot(place) for place in done.in_words],
        "adds": [(_spot(place), [*map(_spot, added)]) for place, added in done.adds.items()],
        "pivots": [(_spot(one.place), one.name, one.state) for one in done.pivots],
    }
    return told, done.data


def _spot(place: Any) -> list[Any]:
    return [place.sheet, place.row, place.column]


if __name__ == "__main__":
    main()
