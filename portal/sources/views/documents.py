"""The register of documents, one document with its text and what it carries, adding and editing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flask import Response, request, url_for

from portal.accounts import queries as people
from portal.kernel import codes
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.sources import actions, queries
from portal.sources.forms import DocumentForm, readers_of, save, standing
from portal.sources.rules import passages
from portal.sources.views.blueprint import bp
from portal.sources.views.facts import Stated, stated
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import coded, year

LISTING = Listing(
    filters=(
        Search("q", _l("Search sources"), lambda text, v: queries.meets(v.s, v.actor, text), hint=_l("e.g. pražský proces")),
        Choice(
            "origin", _l("Whose it is"), coded("document_origins"), lambda code, v: queries.of_origin(code),
        ),
        Choice(
            "language", _l("Language"),
            lambda v: [(c, codes.label("languages", c, v.lang)) for c in queries.languages_used(v.s, v.actor)],
            lambda code, v: queries.in_language(code),
        ),
        Text("year", _l("Year of the source"), lambda text, v: queries.dated_in(year(text)), hint=_l("e.g. 2013")),
        Choice(
            "carries", _l("Facts"), lambda v: [("some", _("Carries facts")), ("none", _("Carries no fact yet"))],
            lambda code, v: queries.facts_carried(v.actor) > 0 if code == "some" else queries.facts_carried(v.actor) == 0,
        ),
        queries.answered_by(),
    ),
    sorts=(
        Sort("title", _l("Title"), lambda v: queries.by_title(v.lang)),
        Sort("dated", _l("Date"), lambda v: queries.by_date(), nullable=True, descending=True),
        Sort("facts", _l("Facts"), lambda v: [queries.facts_carried(v.actor)], descending=True),
    ),
    key=queries.DOCUMENT_ID,
)  # fmt: skip


@bp.get("/sources")
@needs("document.read")
def documents() -> Response:
    s, who = page.session(), page.actor()
    v = LISTING.open(s, who, request.args, page.lang())
    return page.render("sources/documents.html", v=v, rows=v.rows(queries.documents(who)))


@dataclass
class Carried:
    """One quotation of a document, and the facts resting on it."""

    citation: object
    facts: list[Stated] = field(default_factory=list)


@bp.get("/sources/<int:document_id>")
@needs("document.read")
def document(document_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _find(document_id)
    rows = queries.carried_by(s, who, document_id)
    groups: dict[tuple[str, str], Carried] = {}
    for (citation, _statement, _record), one in zip(rows, stated(s, who, rows), strict=True):
        groups.setdefault((citation.place, citation.quotation), Carried(citation)).facts.append(one)
    quotations = {g.citation.id: g.citation.quotation for g in groups.values() if g.citation.quotation}
    # Pages copied as text hold long runs of empty lines; quotations are found whatever the white space.
    text = passages(re.sub(r"\n\s*\n", "\n\n", found.body), quotations) if found.body else []
    begins = [i for passage in text for i in passage.begins]
    place = {citation_id: n for n, citation_id in enumerate(begins)}
    return page.render(
        "sources/document.html", document=found, number=len(rows), stands=place,
        # In the order in which they stand in the text, what does not stand in it last.
        groups=sorted(groups.values(), key=lambda g: place.get(g.citation.id, len(place))),
        text=text if request.args.get("view") == "text" else [],
        responsible=people.names(s, [found.responsible_id]).get(found.responsible_id),
    )  # fmt: skip


@bp.route("/sources/add", methods=["GET", "POST"])
@needs("document.add")
def add_document() -> Response:
    s, who = page.session(), page.actor()
    form = DocumentForm(data=readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                made = actions.add_document(s, who, form.values())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _to_page(made, _("The source is registered."))
    return page.render("sources/add_document.html", form=form)


@bp.route("/sources/<int:document_id>/edit", methods=["GET", "POST"])
@needs("document.edit")
def edit_document(document_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _find(document_id)
    need(who, "document.edit", found)
    form = DocumentForm(data=standing(found) | readers_of(s, who, found))
    form.offer(s, who, found)
    name = found.name(lang())
    if form.validate_on_submit():
        saved = save(
            form, found, lambda values, _support: actions.edit_document(s, who, found, values),
            title=name, cancel=url_for("sources.document", document_id=document_id),
        )  # fmt: skip
        if saved is True:
            return _to_page(found, _("Saved."))
        if saved:
            return saved
    return page.render("sources/edit_document.html", form=form, document_id=document_id, name=name)


def _find(document_id: int):
    found = queries.document(page.session(), page.actor(), document_id)
    if found is None:
        raise NotFound("document", id=document_id)
    return found


def _to_page(made, said: str) -> Response:
    """Its page; the register, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.document(page.session(), page.actor(), made.id) is None:
        return page.redirect_to("sources.documents")
    return page.redirect_to("sources.document", document_id=made.id)
