"""Addresses of saved views: the bar on a page, the list, saving, changing, deleting, starting with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, redirect, request, url_for

from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.permission import need
from portal.saved import actions, policy, queries  # noqa: F401  policy declares what the addresses need
from portal.saved.forms import ViewForm
from portal.saved.pages import ALL, PAGES, arguments, query_of
from portal.web import asof, page
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.frame import frame
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from portal.saved.models import SavedView

bp = Blueprint("saved", __name__)


@bp.get("/saved-views", endpoint="views")
@needs("view.read")
def show_views() -> Response:
    found = queries.offered(page.live_session(), page.actor(), page.lang())
    return page.render("saved/views.html", offered=found, pages=PAGES, url_of=url_of, button=ButtonForm())


@bp.route("/saved-views/add", methods=["GET", "POST"])
@needs("view.own")
def save() -> Response:
    """`?of=<page>` and its filters say what is saved."""
    of = request.args.get("of", next(iter(PAGES)))
    if of not in PAGES:
        raise NotFound("page")
    query, form = query_of(of, request.args), ViewForm()
    if form.validate_on_submit():
        try:
            found = form.units()
            made = actions.save_view(
                page.live_session(), page.actor(), of, query, found["name"], found["shared"], found["start"]
            )
        except InvalidInput as error:
            form.refuse_view(error)
        else:
            page.flash(_("The view is saved."))
            return redirect(url_of(made), 303)
    return page.render(
        "saved/save.html",
        form=form,
        of=of,
        name=PAGES[of].name,
        kept=arguments(query),
        back=url_for(of, **arguments(query)),
    )


@bp.route("/saved-views/edit", methods=["GET", "POST"])
@needs("view.own")
def edit() -> Response:
    """`?view=<id>` names the view."""
    s, who, view = page.live_session(), page.actor(), _view()
    if view is None:
        return _to_the_list()
    need(who, "view.own", view)
    starts = queries.starting(s, who, view.page)
    form = ViewForm(
        data={"name": view.name, "shared": view.shared, "start": starts is not None and starts.id == view.id}
    )
    if form.validate_on_submit():
        try:
            found = form.units()
            actions.change_view(s, who, view, found["name"], found["shared"], found["start"])
        except InvalidInput as error:
            form.refuse_view(error)
        else:
            page.flash(_("The view is changed."))
            return page.redirect_to("saved.views")
    return page.render("saved/edit.html", form=form, view=view)


@bp.route("/saved-views/delete", methods=["GET", "POST"])
@needs("view.own")
def delete() -> Response:
    """`?view=<id>` names the view."""
    s, who, view = page.live_session(), page.actor(), _view()
    if view is None:
        return _to_the_list()
    need(who, "view.own", view)
    form = ButtonForm()
    if form.validate_on_submit():
        actions.delete_view(s, who, view)
        page.flash(_("The view is deleted."))
        return page.redirect_to("saved.views")
    return page.render("saved/delete.html", form=form, view=view)


@bp.post("/saved-views/start")
@needs("view.read")
def start() -> Response:
    """Start with the view `?view=<id>`, or with `stop` no more."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    view = _view()
    if view is None:
        return _to_the_list()
    actions.start_with(page.live_session(), page.actor(), view, "stop" not in request.form)
    page.flash(_("You start with the whole page.") if "stop" in request.form else _("You start with this view."))
    return page.redirect_to("saved.views")


def _view() -> SavedView | None:
    """The view that the address names; None where it names none."""
    if "view" not in request.args:
        return None
    asked = page.asked_id("view")
    found = queries.view(page.live_session(), page.actor(), asked) if asked is not None else None
    if found is None:
        raise NotFound("view", id=asked)
    return found


def _to_the_list() -> Response:
    """For an address that names no view."""
    if page.unsafe() and not ButtonForm().validate_on_submit():
        abort(400)
    return page.redirect_to("saved.views")


def url_of(view: SavedView) -> str:
    """Where a view is opened."""
    return url_for(view.page, **arguments(view.query))


def bar(of: str) -> dict[str, Any] | None:
    """For the bar on a page (template global): the views offered, which of them is open, where this one is saved. None on
    pages of the past and of what documents state."""
    if asof.away() or of not in PAGES or not page.signed_in():
        return None
    query = query_of(of, request.args)
    found = queries.offered(page.live_session(), page.actor(), page.lang(), of)
    return {
        "offered": [(one, url_of(one.view), one.view.query == query) for one in found],
        "save": url_for("saved.save", of=of, **arguments(query)),
    }


def beginnings() -> list[tuple[queries.Offered, str]]:
    """For the home page (template global): the views offered, those the person starts with first, and where each is. None in
    the past and in what documents state."""
    if asof.away() or not page.signed_in():
        return []
    found = sorted(queries.offered(page.live_session(), page.actor(), page.lang()), key=lambda one: not one.starts)
    return [(one, url_of(one.view)) for one in found]


def begin() -> Response | None:
    """An address that asks for nothing opens the view its person starts with."""
    of = request.endpoint or ""
    if of not in PAGES or request.method != "GET" or request.args or asof.away() or not page.signed_in():
        return None
    chosen = queries.starting(page.live_session(), page.actor(), of)
    return redirect(url_of(chosen), 302) if chosen is not None else None


def install(app: Flask) -> None:
    app.before_request(begin)
    app.jinja_env.globals.update(saved_bar=bar, saved_views=beginnings, saved_pages=PAGES, unfiltered={ALL: "1"})
    links = frame(app).account_links
    own = next((n for n, (endpoint, *_rest) in enumerate(links) if endpoint == "accounts.account"), len(links))
    links.insert(own, ("saved.views", _l("Saved views"), "get"))
