"""Pictures of every page: `make screenshots` (ARGS="projects funding" for some pages only, ARGS=shown for those in docs/,
ARGS=guide for those of the user guide).

All go to var/screenshots as <page>-<language>-<width>.png; the chosen ones to docs/pictures as WebP, small enough to be
committed; those of the guide to docs/guide/pictures (tests/browser/guide_pictures.py).
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.kernel.record import Record
from portal.ops import schema, seeding
from tests.addresses import Address, pages
from tests.browser import guide_pictures
from tests.browser.chromium import chromium
from tests.browser.site import Site, served
from tests.browser.tab import UNDRAWN
from tests.engines import SqliteFiles
from tests.machine import ROOT, missing

ALL, CHOSEN = ROOT / "var" / "screenshots", ROOT / "docs" / "pictures"
GUIDE = ROOT / "docs" / "guide" / "pictures"
WIDTHS = {360: 800, 1440: 900, 1920: 1080}
LANGUAGES = ("cs", "en")
SHOWN = (
    ("my-work", "/work", "cs", 1440),
    ("projects", "/projects", "cs", 1440),
    ("project", "/projects/{prague-process-targeted-initiative}", "cs", 1440),
    ("funding", "/funding?certainty=public", "cs", 1440),
    ("charts", "/charts/timeline?certainty=public", "cs", 1440),
    ("map", "/charts/partners?certainty=public", "cs", 1440),
    ("report", "/records/{eris}/status", "en", 1440),
    ("frameworks-wide", "/frameworks", "en", 1920),
    ("projects-phone", "/projects", "cs", 360),
    ("funding-phone", "/funding?certainty=public", "en", 360),
)
"""The pictures in docs/: name, address, language, width. One screen high, so that they stay small."""


def name_of(address: Address) -> str:
    """`/projects/12?x=1` → `projects-12-x-1`."""
    return re.sub(r"[^a-z0-9]+", "-", address.path.lower()).strip("-")[:80] or "home"


def take(site: Site, browser, wanted: list[Address], folder: Path) -> None:
    """One picture of each page in each language and width, as high as the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            context.add_cookies(site.cookies("administrator", lang))
            page = context.new_page()
            for address in wanted:
                page.goto(site.address + address.path, wait_until="load")
                page.evaluate("document.fonts.ready")
                page.wait_for_selector(UNDRAWN, state="detached")
                page.screenshot(path=folder / f"{name_of(address)}-{lang}-{width}.png", full_page=True)
            context.close()
            print(f"{len(wanted)} pages, {lang}, {width} px", flush=True)  # noqa: T201


def show(site: Site, browser, ids: dict[str, int], folder: Path) -> None:
    """The chosen pictures, one screen each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path, lang, width in SHOWN:
        context = browser.new_context(viewport={"width": width, "height": 1000}, reduced_motion="reduce")
        context.add_cookies(site.cookies("editor", lang))
        page = context.new_page()
        page.goto(site.address + path.format(**ids), wait_until="load")
        page.evaluate("document.fonts.ready")
        page.wait_for_selector(UNDRAWN, state="detached")
        guide_pictures.write(page, folder / f"{name}.webp")
        context.close()


def main(words: list[str]) -> None:
    """Take the pictures of the pages whose address holds one of the words (all without words)."""
    if lacking := missing("browser"):
        raise SystemExit(lacking)
    with tempfile.TemporaryDirectory() as folder:
        url = SqliteFiles(Path(folder)).empty()
        engine = make_engine(url)
        schema.migrate(engine)
        with transaction.unit(engine) as s:
            seeding.seed(s)
        with served(url, Path(folder)) as site, chromium() as browser:
            with Session(engine) as s:
                every = pages(site.app, s)
                ids = dict(s.execute(select(Record.key, Record.id).where(Record.key.is_not(None))).all())
            wanted = [a for a in every if not words or any(word in name_of(a) for word in words)]
            if words != ["guide"]:
                show(site, browser, ids, CHOSEN)
            if words not in (["shown"], ["guide"]):
                take(site, browser, wanted, ALL)
            if words in ([], ["shown"], ["guide"]):
                guide_pictures.take(site, browser, ids, GUIDE)  # last: it edits a project
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
