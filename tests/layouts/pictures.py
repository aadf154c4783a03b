"""Pictures of the files on money for docs/layouts, as LibreOffice prints their first pages, and for looking at: every page.

make layouts        # docs/layouts/*.png; every page of every file into var/layouts
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from portal import create_app
from portal.kernel import transaction
from portal.kernel.db import make_engine
from tests.budgets.test_two_periods import load_rates, scene
from tests.engines import SqliteFiles, quick_folder
from tests.factories import accounts, budgets
from tests.fixtures import Store, dispose, settings_for
from tests.layouts import recipients
from tests.machine import ROOT
from tests.workbooks.sheets import all_converted

FILES = {
    "interim": ("interim", "financial"), "final": ("final", "financial"), "budget": ("final", "budget"),
}  # fmt: skip
"""Name of the picture → which report, by which layout; the sheet of addenda is one of `budget`."""
DRAWN = {"interim": (2,), "final": (2, 3), "budget": (1, 2)}
"""Pages that are kept in docs/layouts; the rest is for looking at."""


def planted(engine) -> dict[str, int]:
    """The worked example of docs/financial-report.md under regime B, and a report with a recipient's file in each language."""
    with transaction.unit(engine) as s:
        load_rates(s)
        _last, one, two = scene(s, "B")
        budgets.say(s, two, "2.1", explanation="Dvě zasedání v Tbilisi místo jednoho; vrácená záloha je odečtená.")
        return {"interim": one.id, "final": two.id, **recipients.planted(s)}


def made() -> dict[str, bytes]:
    """Every file in both languages, by the name of its picture."""
    with ExitStack() as stack:
        store = Store(SqliteFiles(stack.enter_context(quick_folder())))
        engine = make_engine(store.copy(), wait=5)
        ids = planted(engine)
        app = create_app(settings_for(engine, Path(stack.enter_context(TemporaryDirectory()))))
        with transaction.unit(engine) as s:
            token = accounts.session_of(s, accounts.person(s, "reporting_officer", everywhere=True))
        browser = accounts.browser(app, token).browser
        found = {
            f"{name}.{lang}": browser.get(f"/reports/{ids[report]}/file.xlsx?layout={layout}&in={lang}").data
            for name, (report, layout) in FILES.items()
            for lang in ("cs", "en")
        }
        for lang in ("cs", "en"):
            found[f"donor.{lang}"] = browser.get(f"/reports/{ids['report']}/workbooks/{ids[lang]}/filled").data
        dispose(app)
        engine.dispose()
        return found


def main() -> None:
    shown, kept = ROOT / "var" / "layouts", ROOT / "docs" / "layouts"
    shown.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, pdf in all_converted(made(), Path(folder), "pdf").items():
            subprocess.run(["pdftoppm", "-r", "75", "-png", str(pdf), str(shown / name)], check=True)
            for page in DRAWN.get(name.partition(".")[0], (1, 2)):
                target = kept / f"{name}{'' if page == 1 else f'.{page}'}"
                subprocess.run(
                    ["pdftoppm", "-r", "75", "-png", "-singlefile", "-f", str(page), "-l", str(page), str(pdf), str(target)],
                    check=True,
                )  # fmt: skip
    sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    main()
