"""Files the portal serves itself: hashed names, kept by browsers for a year, sent compressed.

    {{ asset("portal.css") }}                       → /static/portal.1f3c….css
    assets.add(app, "plotly.min.js", path_in_wheel)  # third-party files come from installed packages

Every file of `portal/web/static` is there from the start. A changed file has a new name, so nobody needs to clear a cache.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from portal.web.access import needs, public

FOLDER = Path(__file__).parent / "static"
YEAR = "public, max-age=31536000, immutable"
TEXT = {"text/css", "text/javascript", "image/svg+xml", "application/json", "application/manifest+json"}
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("image/svg+xml", ".svg")
mimetypes.add_type("image/webp", ".webp")


@dataclass
class Asset:
    name: str
    path: Path

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]

    @property
    def hashed(self) -> str:
        stem, dot, end = self.name.rpartition(".")
        return f"{stem}.{self.digest}.{end}" if dot else f"{self.name}.{self.digest}"

    @cached_property
    def kind(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def compressed(self) -> bytes | None:
        """The file gzipped once, or None where that saves nothing. The same bytes on every server."""
        if self.kind not in TEXT:
            return None
        plain = self.path.read_bytes()
        small = gzip.compress(plain, 9, mtime=0)
        return small if len(small) < len(plain) else None


class Assets:
    def __init__(self) -> None:
        self.by_name: dict[str, Asset] = {}
        self.by_hashed: dict[str, Asset] = {}

    def add(self, name: str, path: Path) -> None:
        one = Asset(name, Path(path))
        self.by_name[name] = one

    def find(self, hashed: str) -> Asset | None:
        if hashed not in self.by_hashed:
            self.by_hashed = {one.hashed: one for one in self.by_name.values()}
        return self.by_hashed.get(hashed)


def add(app: Flask, name: str, path: Path) -> None:
    """Serve one more file under `name`."""
    app.extensions["portal.assets"].add(name, path)


def asset(name: str) -> str:
    """The address of a file by its own name; KeyError when there is none. Never within the past."""
    root = request.environ.get("portal.root", "")
    return f"{root}/static/{current_app.extensions['portal.assets'].by_name[name].hashed}"


@needs(public)
def serve(hashed: str) -> Response:
    one = current_app.extensions["portal.assets"].find(hashed)
    if one is None:
        abort(404)
    headers = {"Cache-Control": YEAR, "ETag": f'"{one.digest}"', "Vary": "Accept-Encoding"}
    if one.digest in (request.if_none_match or ()):
        return Response(status=304, headers=headers)
    if one.compressed is not None and "gzip" in request.accept_encodings:
        return Response(one.compressed, content_type=_typed(one), headers={**headers, "Content-Encoding": "gzip"})
    return Response(one.path.read_bytes(), content_type=_typed(one), headers=headers)


def _typed(one: Asset) -> str:
    return f"{one.kind}; charset=utf-8" if one.kind in TEXT else one.kind


def install(app: Flask) -> None:
    files = app.extensions["portal.assets"] = Assets()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files.add(path.relative_to(FOLDER).as_posix(), path)
    app.add_url_rule("/static/<path:hashed>", "static", serve)
    app.jinja_env.globals["asset"] = asset
