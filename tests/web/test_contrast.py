"""Colours of the style sheet: words 4.5 to 1, borders of controls 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from tests.machine import ROOT

TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", (ROOT / "portal/web/static/portal.css").read_text()))
SURFACES = ("surface", "page", "sunken", "raised")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * c for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("words", ["ink", "ink-2", "ink-3", "blue", "blue-dark", "green", "amber", "red", "plum"])
def test_words_are_readable_on_every_surface(words, surface):
    assert contrast(words, surface) >= 4.5


@pytest.mark.parametrize("meaning", ["green", "amber", "red", "plum", "sepia"])
def test_words_of_a_meaning_are_readable_on_its_tint(meaning):
    assert contrast(meaning, f"{meaning}-tint") >= 4.5
    assert contrast("ink", f"{meaning}-tint") >= 4.5


def test_words_are_readable_on_a_selected_row_and_a_primary_button():
    assert contrast("blue-dark", "blue-tint") >= 4.5 and contrast("ink-3", "blue-tint") >= 4.5
    assert contrast("surface", "blue") >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_the_border_of_a_control_is_seen(surface):
    assert contrast("field", surface) >= 3
