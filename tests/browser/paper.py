"""What a page prints: its sheets, and the words on them with their places."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape

from tests.machine import where

MARGIN = 14 / 25.4 * 72
"""The edge of every sheet that stays empty, in points."""
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Sheet:
    """One sheet: its size in points, its words, from where to where they reach, and how far down."""

    size: tuple[int, int]
    words: tuple[str, ...]
    left: float
    right: float
    bottom: float

    @property
    def within_its_edges(self) -> bool:
        return self.left > MARGIN - 1 and self.right < self.size[0] - MARGIN + 1

    @property
    def half_full(self) -> bool:
        return self.bottom > self.size[1] / 2


def sheets(page) -> list[Sheet]:
    """The sheets of the page that is open, as the browser prints it."""
    pdf = page.pdf(prefer_css_page_size=True)
    told = subprocess.run(
        [where("poppler"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    made = []
    for wide, high, inside in PAGE.findall(told):
        words = WORD.findall(inside)
        made.append(
            Sheet(
                size=(round(float(wide)), round(float(high))),
                words=tuple(unescape(text) for *_box, text in words),
                left=min((float(left) for left, *_rest in words), default=MARGIN),
                right=max((float(right) for _left, right, *_rest in words), default=MARGIN),
                bottom=max((float(bottom) for _left, _right, bottom, _text in words), default=0.0),
            )
        )
    return made
