"""The list of monthly rates, one month of a currency with its editions, and loading a file."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Flask, Response, request
from jinja2 import pass_context

from portal.kernel import clock
from portal.kernel.currency import EXPONENTS
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.rates import actions, queries
from portal.rates.forms import FileForm, LoadForm
from portal.rates.listings import RATES
from portal.rates.queries import daily
from portal.rates.rules.comparison import compared, leaps
from portal.rates.rules.lines import Problem, gaps_to_loaded, problems_between, read_lines
from portal.rates.sheet import RATES as SHEET
from portal.rates.wording import absent_text, problem_text, rate_text, step_text
from portal.web import page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _, ngettext, say
from portal.workbooks.exports import Export, register
from portal.workbooks.reading import Unreadable, read

bp = Blueprint("rates", __name__)
MOST = 200
"""Problems and rates shown at once; the number of all stands beside them."""


@bp.get("/rates")
@needs("rate.read")
def index() -> Response:
    v = RATES.open(page.session(), page.actor(), request.args, page.lang())
    return page.render("rates/index.html", v=v, rows=v.rows(queries.selected()), known_until=daily.known_until())


@bp.get("/rates/<currency>/<month>")
@needs("rate.read")
def month(currency: str, month: str) -> Response:
    """`/rates/CZK/2025-03`: all editions, and beside them what the Central Bank's rates give."""
    if currency not in EXPONENTS or currency == "EUR" or not re.fullmatch(r"(199|20[0-9])[0-9]-(0[1-9]|1[0-2])", month):
        raise NotFound("rate")
    first = date.fromisoformat(f"{month}-01")
    return page.render(
        "rates/month.html", currency=currency, month=first, editions=queries.editions(page.session(), currency, first),
        computed=daily.computed_month(currency, first), known_until=daily.known_until(),
    )  # fmt: skip


@bp.route("/rates/import", methods=["GET", "POST"])
@needs("rate.load")
def take_file() -> Response:
    """Choosing a file; once one is read, what loading it would do."""
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form)
    # Nothing is parsed while the lock of writers is held.
    with page.unlocked():
        try:
            rows = read(form.file.data, form.file.file_name)
        except Unreadable as refusal:
            rows = []
            form.file.refuse(say(refusal))
        lines, problems = read_lines(rows, form.mark.data, clock.today()) if rows else ([], [])
    if form.file.errors:
        return _page(form)
    s = page.live_session()
    problems = problems or problems_between(lines, set(queries.loaded(s, {line.currency for line in lines})))
    if problems or not lines:
        return _page(form, problems or [Problem("", "no_head")])
    actions.keep_file(s, page.actor(), form.file.file_name, form.file.digest, lines)
    return page.redirect_to("rates.take_file")


def _page(form: FileForm, problems: list[Problem] | None = None, load: LoadForm | None = None) -> Response:
    s, actor = page.live_session(), page.actor()
    kept = None if problems or form.errors else queries.draft(s, actor)
    found = gaps = doubts = None
    if kept is not None:
        lines = queries.draft_lines(kept)
        present = queries.loaded(s, {line.currency for line in lines})
        found, gaps, doubts = compared(lines, present), gaps_to_loaded(lines, set(present)), leaps(lines, present)
    return page.render(
        "rates/import.html", form=form, problems=problems or [], most=MOST, problem_text=problem_text, kept=kept,
        found=found, gaps=gaps, leaps=doubts, load=load or LoadForm(formdata=None),
    )  # fmt: skip


@bp.post("/rates/load")
@needs("rate.load")
def load() -> Response:
    s, actor = page.live_session(), page.actor()
    form, kept = LoadForm(), queries.draft(s, actor)
    if not form.validate_on_submit() or kept is None:
        return _page(FileForm(formdata=None), load=form)
    seen = (request.form.get("new", 0, int), request.form.get("superseding", 0, int))
    try:
        with page.writing("import", reason=form.reason.data or None):
            made = actions.load_rates(s, actor, kept, seen, form.reason.data)
    except (InvalidInput, Refused) as error:
        form.refuse(error)
        return _page(FileForm(formdata=None), load=form)
    page.flash(ngettext("%(num)s rate was loaded.", "%(num)s rates were loaded.", made.number))
    return page.redirect_to("rates.index")


@bp.post("/rates/discard")
@needs("rate.load")
def discard() -> Response:
    if ButtonForm().validate_on_submit():
        actions.forget_file(page.live_session(), page.actor())
        page.flash(_("The file was thrown away. Nothing was loaded."))
    return page.redirect_to("rates.take_file")


def install(app: Flask) -> None:
    register(app, Export(SHEET, RATES, lambda v: queries.selected(), "rate.read"))
    # With the context, else Jinja would answer constants once, in the first reader's language.
    app.jinja_env.filters["rate"] = pass_context(lambda _context, value: rate_text(value))
    app.jinja_env.globals.update(absent_text=absent_text, rate_step_text=step_text)
