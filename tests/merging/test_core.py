"""Merging and separating: what is moved, what stays, and that separating gives everything back."""

from __future__ import annotations

import pytest

from portal.merging.actions import Choices
from tests.merging.scene import SCENES, differing, part, put_together, tables


@pytest.mark.parametrize("of", list(SCENES))
@pytest.mark.parametrize("whose", ["unasked", "absorbed", "both"])
def test_a_merge_that_is_separated_leaves_every_table_as_it_was(s, of, whose) -> None:
    scene = SCENES[of](s)
    before = tables(s)
    units = ("name", "planned_start", "status", "countries", "website", "reference", "ref", "seat", "abbreviation")
    chosen = {} if whose == "unasked" else dict.fromkeys(units, whose)
    put_together(s, scene, Choices(chosen))
    assert differing(before, tables(s))["record"]
    part(s, scene)
    assert differing(before, tables(s)) == {}
