"""The browser of this machine, driven by playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.machine import where

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator:
    """A running browser. One at a time in a process: playwright allows no second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=where("browser"), args=ARGUMENTS)
        yield browser
        browser.close()
