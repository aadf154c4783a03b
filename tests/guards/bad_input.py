"""Every posting form of the portal, found on its pages, and what is sent through it that must not be accepted.

    forms = found(browser, app, places)        # asks every page for its forms
    form.values                                # what the browser would send, required fields filled in
    bad(form, "control")                       # {field name: bad value} for each field this badness concerns

A new form is tried as soon as some page shows it; a form that no page shows is named by `unseen`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.client import Page, parsed

LONG = 10_000
TYPED = ("text", "area", "when", "money", "number", "search")
"""Layouts of fields in which a person types."""
PERIODS = (
    ("planned_start", "planned_end"), ("actual_start", "actual_end"), ("launched", "ended"), ("signed", "ended"),
    ("start", "end"),
)  # fmt: skip

WITHOUT_FIELDS = {
    "accounts.sign_out", "accounts.enable_person", "accounts.disable_person", "accounts.set_password",
    "desk.follow", "desk.read_notifications", "desk.withdraw_comment", "desk.set_task_state",
    "calendar.give_address", "calendar.revoke_address", "questions.reopen", "progress.pull_back", "progress.discard",
    "desk.ask_link", "desk.confirm_address", "contacts.delete", "desk.clear_recent", "rates.load", "rates.discard",
    "saved.delete", "saved.start", "obligations.move", "budgets.agree", "register.send_made", "register.send_filled",
    "register.elsewhere",
    "donor_workbooks.carry_over",
}  # fmt: skip
"""Forms that are one button (loading rates has a reason once a file was looked through, moving a report has fields once it is
prepared, sending its file once it is checked, cells are carried over by boxes: tests/rates, tests/obligations, tests/register
and tests/donor_workbooks send them)."""


BELOW_ZERO = ("budgets.add_expenditure", "budgets.edit_expenditure")
"""Forms that take amounts below zero: a credit note is one. It is taken and marked as doubtful (tests/budgets)."""


@dataclass
class Field:
    """A field of a form: its name, how it is drawn, its id, and how many characters a text of several lines may have."""

    name: str
    layout: str
    id: str
    limit: int = 0
    secret: bool = False


@dataclass
class Form:
    """A form as the page shows it: where it is sent, from which page, its fields and what it holds."""

    endpoint: str
    page: str
    action: str
    fields: list[Field]
    values: dict[str, str | list[str]] = field(default_factory=dict)


def endpoint_of(app: Flask, address: str) -> str | None:
    """The endpoint that answers a POST to this address."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(address).path, "POST")[0]
    except HTTPException:
        return None


def found(browser, app: Flask, addresses: list[str]) -> dict[str, Form]:
    """The forms of these pages by endpoint; of several for one endpoint the first."""
    forms: dict[str, Form] = {}
    for address in addresses:
        response = browser.get(address)
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        page = Page(response, address)
        for tag in page.soup.find_all("form"):
            if tag.get("method", "get") != "post":
                continue
            action = urljoin(address, tag.get("action") or address)
            endpoint = endpoint_of(app, action)
            if endpoint is not None and endpoint not in forms:
                forms[endpoint] = Form(endpoint, address, action, list(fields_of(tag)), filled(tag))
    return forms


def fields_of(tag: Tag):
    """The fields a person fills in, by the way the page draws them."""
    for box in tag.select(".field"):
        layout = next((c.removeprefix("field--") for c in box["class"] if re.fullmatch(LAYOUT, c)), "text")
        if layout == "check" or "field--file" in box["class"]:  # a browser sends no text in it
            continue
        control = next((one for one in box.find_all(("input", "select", "textarea")) if one.get("name")), None)
        if control is None:
            continue  # a list of choices with nothing to choose
        group = box.find(class_=("options", "lights"))
        where = (group.get("id") if group is not None else None) or control.get("id", "")
        yield Field(
            control["name"], layout, where, int(control.get("data-limit") or 0), control.get("type") == "password"
        )


LAYOUT = "field--(text|area|when|money|number|search|select|record|radio|lights|checks|check)"


def filled(tag: Tag) -> dict[str, str | list[str]]:
    """What the browser would send, with something in each required field that is empty."""
    sent = held_by(tag)
    for control in tag.find_all(("input", "textarea", "select"), attrs={"required": True}):
        name = control["name"]
        if sent.get(name):
            continue
        options = [o.get("value") for o in control.find_all("option") if o.get("value")]
        sent[name] = (
            options[0] if options else "Zkouška" if control.get("type") != "password" else "koně a vrabci v poli"
        )
    for stem in {name[:-3] for name in sent if name.endswith("_cs") and f"{name[:-3]}_en" in sent}:
        if stem == "name" and not sent["name_cs"] and not sent["name_en"]:
            sent["name_cs"] = "Zkouška"
    return sent


def bad(form: Form, what: str) -> dict[str, str]:
    """The bad values of one kind, for every field it concerns."""
    made: dict[str, str] = {}
    for one in form.fields:
        typed = one.layout in TYPED
        if what == "control" and typed:
            made[one.name] = "zvonek\x07zvoní"
        elif what == "long" and typed:
            made[one.name] = "a" * (LONG if one.limit < LONG else one.limit + 1)
        elif what == "no such date" and one.layout == "when":
            made[one.name] = "31. 2. 2015"
        elif what == "no date" and one.layout == "when":
            made[one.name] = "až zaprší"
        elif what == "negative" and one.layout in ("money", "number") and form.endpoint not in BELOW_ZERO:
            made[one.name] = "-600"
        elif what == "huge" and one.layout in ("money", "number"):
            made[one.name] = "9" * 25
        elif what == "unknown id" and one.layout in ("select", "record", "radio", "lights", "checks", "search"):
            made[one.name] = "999999999"
    return made


BADNESS = ("control", "long", "no such date", "no date", "negative", "huge", "unknown id")


def complaint(soup: Tag, one: Field) -> str:
    """What the page says at this field, empty when nothing."""
    box = soup.find(id=f"{base_id(soup, one)}-error")
    return " ".join(box.get_text(" ").split()) if box else ""


def base_id(soup: Tag, one: Field) -> str:
    """The id a field's hint and error are called by."""
    return one.id if soup.find(id=f"{one.id}-error") else one.name


def held_by(tag: Tag) -> dict[str, str | list[str]]:
    """What the fields of a form hold, as a browser would send it (no button, nothing not ticked)."""
    held: dict[str, list[str]] = {}
    for control in tag.find_all(("input", "select", "textarea")):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in ("submit", "button"):
            continue
        if control.name == "textarea":
            held.setdefault(name, []).append(control.get_text().removeprefix("\n"))
        elif control.name == "select":
            options = control.find_all("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            held.setdefault(name, []).extend(o.get("value", o.get_text()) for o in chosen)
        elif kind not in ("radio", "checkbox") or control.has_attr("checked"):
            held.setdefault(name, []).append(control.get("value", ""))
    return {name: values[0] if len(values) == 1 else values for name, values in held.items()}


def still_there(soup: Tag, form: Form, name: str) -> str | list[str] | None:
    """What the field of this name holds on the answer."""
    tag = next(t for t in soup.find_all("form") if t.get("method") == "post" and _sent_to(t, form))
    return held_by(tag).get(name)


def _sent_to(tag: Tag, form: Form) -> bool:
    return urlsplit(urljoin(form.page, tag.get("action") or form.page)).path == urlsplit(form.action).path


def soup_of(response) -> Tag:
    return parsed(response.get_data(as_text=True))[0]
