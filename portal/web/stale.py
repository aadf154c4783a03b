"""The page for two people who changed the same record: base, theirs and mine per unit, and nothing is lost.

    if form.validate_on_submit():
        settled = stale.settle(
            form,
            base=queries.project_units(base_row), theirs=queries.project_units(project), version=project.version,
            changed=stale.Changed(who="Jana Nová", at=change.at),
        )
        if settled.open:                       # conflicts without a choice
            return stale.page_of(settled, title=_("Project"), cancel=url_for(...))          # 409
        actions.revise_project(s, actor, project, **settled.values)                          # merged; rules run again

`base` are the units as the person loaded them (`form.version.data`), `theirs` as they stand now; both map field names to
values as `form.units()` does. Where nobody else wrote in between, the form's values pass as they are; what does not clash
is joined without asking. The choices come back as `choose-<unit>` = "mine" | "theirs", with everything typed in hidden
fields and the version of what was seen, so a third edit meanwhile asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Response, make_response, render_template, request
from markupsafe import Markup, escape

from portal.kernel.merge import Conflict, Merged, merge
from portal.kernel.money import Money
from portal.kernel.when import When
from portal.web.formats import money_text, number, unknown, when_text
from portal.web.forms import Form


@dataclass(frozen=True)
class Changed:
    """Who changed the record meanwhile, and when."""

    who: str
    at: datetime | None = None


@dataclass
class Settled:
    """The outcome. `values` may be written when `open` is empty."""

    form: Form
    merged: Merged
    version: int | str
    changed: Changed | None = None
    shown: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    asked: tuple[Conflict, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.merged.values)

    @property
    def open(self) -> tuple[Conflict, ...]:
        return self.merged.conflicts

    def label(self, unit: str) -> str:
        return str(self.form[unit].label.text)

    def show(self, unit: str, value: Any):
        """A value as people read it."""
        if unit in self.shown:
            value = self.shown[unit](value)
        return show(self.form[unit], value)


def settle(
    form: Form,
    *,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    version: int | str,
    changed: Changed | None = None,
    shown: Mapping[str, Callable[[Any], Any]] | None = None,
    mine: Mapping[str, Any] | None = None,
) -> Settled:
    """Join what the form says (`mine`, by default its units) with what others wrote since. `version` names the state that
    the page of choices shows as theirs; `shown` gives words for values of single units."""
    mine = form.units() if mine is None else mine
    units = [name for name in mine if name in theirs]
    merged = merge(base, theirs, mine, units)
    asked = merged.conflicts
    seen = request.form.get("choose-version")
    if seen == str(version):
        choices = {c.unit: request.form.get(f"choose-{c.unit}") for c in merged.conflicts}
        merged = merged.resolve({unit: choice for unit, choice in choices.items() if choice in ("mine", "theirs")})
    return Settled(form, merged, version, changed, shown or {}, asked)


def show(field, value: Any):
    """A unit's value in words: names of choices, "neuvedeno" for nothing."""
    if isinstance(value, When):
        return when_text(value)
    if isinstance(value, Money):
        return money_text(value)
    if isinstance(value, Decimal):
        return number(value)
    if value is None or value == "" or value == []:
        return unknown()
    if hasattr(field, "options"):
        names = {code: label for code, label, _chosen in field.options() if code}
        many = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in many)
    if isinstance(value, bool):
        return Markup("✓") if value else unknown("–")
    return escape(value)


def kept_fields() -> list[tuple[str, str]]:
    """Everything typed, to be carried through the page of choices."""
    skip = ("csrf_token", "choose-")
    return [(name, value) for name, values in request.form.lists() for value in values if not name.startswith(skip)]


def page_of(settled: Settled, *, title: str, cancel: str, action: str = "", note: str = "") -> Response:
    """The page of choices, status 409. `note` says what is written whatever is chosen."""
    body = render_template(
        "errors/stale.html", settled=settled, title=title, cancel=cancel, action=action or request.full_path.rstrip("?"),
        kept=kept_fields(), note=note,
    )  # fmt: skip
    return make_response(body, 409)
