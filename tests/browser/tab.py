"""A window of the browser that listens to what the browser complains of."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.browser.site import Site
from tests.machine import where
from tests.states import State

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
UNDRAWN = "[data-chart]:not(:has(.main-svg))"
TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const outside = [...document.querySelectorAll('main *, header *, footer *')].filter(el => {
    const box = el.getBoundingClientRect();
    return box.width && box.right > most + 1 && !el.closest('.scroll');
  });
  return [`${document.documentElement.scrollWidth} of ${most}`, ...outside.slice(0, 3).map(el => el.outerHTML.slice(0, 160))];
}"""


class Tab:
    """One window of one person. `page` is playwright's; `complaints` what the browser said against a page."""

    def __init__(
        self, browser, site: Site, login: str | None = None, *, width: int = 1440, scripts: bool = True,
        lang: str | None = None, height: int = 900,
    ) -> None:  # fmt: skip
        self.site = site
        self.expected = 200
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, reduced_motion="reduce",
            accept_downloads=True,
        )  # fmt: skip
        if login:
            self.context.add_cookies(site.cookies(login, lang))
        elif lang:
            self.context.add_cookies([{"name": "lang", "value": lang, "url": site.address}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)  # a busy machine is slow, not wrong
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complain(str(error)))
        self.page.on("request", self._asked)

    def complain(self, words: str) -> None:
        self.complaints.append(f"{urlsplit(self.page.url).path}: {words}")

    def _said(self, message: Any) -> None:
        # The browser notes every answer from 400 on; a page that should be an error is no complaint.
        if message.type == "error" and not (self.expected >= 400 and f"status of {self.expected}" in message.text):
            self.complain(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.complain(f"asked another host: {request.url}")

    def go(self, path: str, status: int = 200) -> None:
        """Open an address and wait until charts are drawn."""
        self.expected = status
        answer = self.page.goto(self.site.address + path)
        assert answer.status == status, f"{path}: {answer.status}"
        if status == 200:
            self.until_drawn()

    def until_drawn(self) -> None:
        """Wait until no chart is left to draw. By selector: the pages' policy lets no function of ours be polled."""
        self.page.wait_for_selector(UNDRAWN, state="detached")

    def show(self, state: State) -> None:
        """Open an answer that was got elsewhere as if its address had just given it."""
        address = self.site.address + quote(state.path, safe="/?&=%")
        self.page.route(
            lambda url: url == address,
            lambda route: route.fulfill(status=state.status, headers=state.headers, body=state.html),
            times=1,
        )
        self.go(address.removeprefix(self.site.address), state.status)

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def too_wide(self) -> list[str]:
        """How far the page is wider than the window, and by what; empty when it fits."""
        return self.page.evaluate(TOO_WIDE)

    def violations(self) -> list[tuple[str, list[str]]]:
        """What axe finds against WCAG 2.2 AA: (rule, elements)."""
        self.page.evaluate(Path(where("axe")).read_text() + "; 0")
        found = self.page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
        return [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found["violations"]]

    def close(self) -> None:
        self.context.close()
