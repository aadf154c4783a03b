"""A toy portal on the real frame: a few pages that use everything the frame offers, and a gallery to look at."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Blueprint, Flask, abort, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader

from portal import web
from portal.kernel.db import db
from portal.kernel.errors import Forbidden, ImportRunning, InvalidInput, NotFound, Refused
from portal.kernel.money import Money
from portal.kernel.permission import Actor, any_of, declare, is_administrator, may_write, signed_in
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.web import access, nav, page, stale
from portal.web.access import needs, public
from portal.web.forms import (
    AddressField,
    AreaField,
    CheckField,
    ChoiceField,
    ChoicesField,
    LightField,
    MoneyField,
    RecordField,
    RecordForm,
    RecordsField,
    WhenField,
    WholeField,
    pair,
)
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.marks import Marks
from tests.machine import ROOT

bp = Blueprint("toy", __name__)
T = Record.__table__
declare(
    {
        "toy.read": any_of(signed_in),
        "toy.write": any_of(may_write),
        "toy.rule": any_of(is_administrator),
    }
)
PEOPLE = {
    "viewer": Actor(1, "Vít Čtenář", "viewer"),
    "editor": Actor(2, "Eva Nová", "editor", everywhere=True),
    "administrator": Actor(3, "Adam Správný", "administrator"),
}
STATUSES = [("1", "Příprava"), ("2", "V realizaci"), ("4", "Ukončeno")]
CERTAINTIES = [("document", "dokument"), ("public", "veřejný")]
COUNTRIES = [(1, "Arménie"), (2, "Gruzie"), (3, "Moldavsko")]


class ThingForm(RecordForm):
    name_cs, name_en = pair("Název", required=True)
    started = WhenField("Začátek")
    day = WhenField("Den zápisu", exact=True, width="s")
    amount = MoneyField("Částka")
    status = ChoiceField("Stav", choices=STATUSES, required=True)
    light = LightField("Semafor")
    countries = RecordsField("Země")
    lead = RecordField("Vede")
    themes = ChoicesField("Témata", choices=[("a", "Azyl"), ("r", "Readmise")])
    address = AddressField("Dokument")
    people = WholeField("Počet osob", low=0, high=1000)
    secret = CheckField("Důvěrné")
    note_cs, note_en = pair("Poznámka", AreaField, limit=200)

    def fill(self) -> ThingForm:
        self.countries.offer(COUNTRIES)
        self.lead.offer(COUNTRIES)
        return self


def note_of(text: str, v):
    return T.c.note_cs.contains(text)


def year_of(text: str, v):
    if not text.isdigit():
        raise ValueError("rok se píše čtyřmi číslicemi")
    return T.c.reference == text


LISTING = Listing(
    filters=(
        Search("q", "Hledat ve věcech", lambda text, v: T.c.name_cs.contains(text), hint="např. gruzie"),
        Choice("certainty", "Jistota", lambda v: CERTAINTIES, lambda x, v: T.c.certainty == x, many=True),
        Choice("secret", "Důvěrnost", lambda v: [("1", "jen důvěrné")], lambda x, v: T.c.confidential.is_(True)),
        Text("note", "Poznámka", note_of),
        Text("year", "Rok", year_of),
    ),
    sorts=(
        Sort("name", "Název", lambda v: [T.c.order_cs]),
        Sort("reference", "Značka", lambda v: [T.c.reference], nullable=True, descending=True),
    ),
    key=T.c.id,
)  # fmt: skip


@bp.get("/")
@needs(public)
def home():
    return page.render("toy/plain.html", title="Úvod", text="Vítejte.")


@bp.get("/things")
@needs("toy.read")
def things():
    v = LISTING.open(page.session(), page.actor(), request.args, page.lang())
    rows = v.rows(sa.select(T.c.id, T.c.name_cs, T.c.certainty, T.c.reference).where(T.c.kind == "toy"))
    return page.render("toy/things.html", v=v, rows=rows)


@bp.get("/things/<int:thing_id>")
@needs("toy.read")
def thing(thing_id: int):
    row = page.session().execute(sa.select(T).where(T.c.id == thing_id)).one_or_none()
    if row is None:
        raise NotFound()
    return page.render("toy/plain.html", title=row.name_cs, text=row.note_cs or "neuvedeno")


@bp.route("/things/<int:thing_id>/edit", methods=["GET", "POST"])
@needs("toy.write")
def edit(thing_id: int):
    s = page.session()
    row = s.execute(sa.select(T).where(T.c.id == thing_id)).one_or_none()
    if row is None:
        raise NotFound()
    form = ThingForm(
        data={"name_cs": row.name_cs, "name_en": row.name_en, "note_cs": row.note_cs, "version": row.version}
    )
    form.fill()
    if form.name_cs.data == "zaneprázdněno":
        raise ImportRunning()
    if form.validate_on_submit():
        if form.name_cs.data == "odmítni":
            form.refuse(InvalidInput({"name_cs": "Fill this in.", "": "This cannot be done"}))
            return page.render("toy/edit.html", form=form)
        units = {"name_cs", "name_en", "note_cs"}
        theirs = {"name_cs": row.name_cs, "name_en": row.name_en, "note_cs": row.note_cs}
        base = (
            theirs if form.version.data == row.version else {"name_cs": "Původní", "name_en": "", "note_cs": "původní"}
        )
        settled = stale.settle(
            form, base=base, theirs=theirs, version=row.version,
            changed=stale.Changed("Jana Malá", datetime(2026, 12, 3, 8, 0, tzinfo=UTC)),
        )  # fmt: skip
        if settled.open:
            return stale.page_of(settled, title="Věc", cancel=url_for("toy.thing", thing_id=thing_id))
        values = {name: value for name, value in settled.values.items() if name in units}
        with page.writing(reason="zkouška"):
            s.execute(sa.update(T).where(T.c.id == thing_id).values(version=row.version + 1, **values))
        page.flash("Uloženo.")
        return page.redirect_to("toy.thing", thing_id=thing_id)
    return page.render("toy/edit.html", form=form)


@bp.post("/unchecked")
@needs("toy.write")
def unchecked():
    """Writes without a form: the frame must not let it through."""
    with page.writing():
        page.session().execute(sa.update(T).values(note_cs="bez formuláře"))
    return page.redirect_to("toy.home")


@bp.get("/rule")
@needs("toy.rule")
def rule():
    return page.render("toy/plain.html", title="Správa", text="jen správce")


@bp.get("/dirty")
@needs("toy.read")
def dirty():
    page.session().add(Record(kind="toy", version=1))
    return "x"


@bp.get("/fails/<what>")
@needs(public)
def fails(what: str):
    known = {"notfound": NotFound, "forbidden": Forbidden, "busy": ImportRunning, "broken": ZeroDivisionError}
    if what in known:
        raise known[what]()
    if what == "refused":
        raise Refused("The period ends before it starts. Swap its two ends.")
    abort(int(what))


@bp.get("/gallery")
@needs("toy.read")
def gallery():
    marks = Marks()
    form = ThingForm(meta={"csrf": False}).fill()
    form.started.data, form.amount.data, form.light.data = When("2013-02"), Money(60000000, "EUR"), "warn"
    form.name_cs.data = "Podpora reintegrace gruzínských navrátilců"
    form.name_en.errors = ["Write it at least in one language."]
    return page.render(
        "toy/gallery.html", marks=marks, form=form, When=When, Money=Money, at=datetime(2026, 11, 22, 8, 42, tzinfo=UTC)
    )


class Settings:
    lang, proxies, hosts, secure_cookies = "cs", 0, ("portal.example", "localhost"), False


def make_app(url: str, who: str | None = "editor", **settings) -> Flask:
    """The toy portal on a database; `app.config["WHO"]` is the role of whoever asks (None: nobody)."""
    app = Flask("portal", template_folder="../templates", static_folder=None)
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(ROOT / "tests" / "web" / "pages")])
    app.config.update(SECRET_KEY="k" * 40, SQLALCHEMY_DATABASE_URI=url, TESTING=True, WHO=who, SERVER_NAME=None)
    db.init_app(app)
    chosen = type("Chosen", (Settings,), settings)()
    web.install(app, chosen)
    frame = web.frame(app)
    frame.load_actor = lambda: PEOPLE.get(app.config["WHO"])
    frame.home, frame.sign_in, frame.search = "toy.home", "toy.home", "toy.things"
    frame.account_links += [("toy.rule", "Správa lidí", "get"), ("toy.unchecked", "Odhlásit se", "post")]
    app.register_blueprint(bp)
    nav.register(app, "toy.home", "Moje práce", needs="toy.read", order=10, count=lambda: 9, count_label="úkolů")
    for n, name in enumerate(("Rámce a dialogy", "Projekty", "Financování", "Organizace", "Zdroje")):
        nav.register(app, "toy.gallery" if n == 1 else "toy.things", name, needs="toy.read", order=20 + n)
    access.check_every_route(app)
    return app
