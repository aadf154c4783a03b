"""Forms: what is accepted, what is refused with which words, and that nothing typed is ever lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from portal.kernel.errors import InvalidInput
from portal.kernel.money import Money
from portal.kernel.when import When
from portal.web.forms import AddressField, EmailField, Form, MoneyField, NumberField, RecordField
from tests.client import Client
from tests.web.toy import COUNTRIES, ThingForm

GOOD = {"name_cs": "Věc", "status": "2", "version": "2"}


@pytest.fixture
def sent(app):
    """sent(field=value, …) → the toy form as posted, checked without a token."""

    def post(kind=ThingForm, lang="cs", **fields):
        data = MultiDict((GOOD if kind is ThingForm else {}) | {k.replace("__", "-"): v for k, v in fields.items()})
        with app.test_request_context("/", method="POST", headers={"Cookie": f"lang={lang}"}):
            form = kind(formdata=data, meta={"csrf": False})
            if kind is ThingForm:
                form.fill()
            form.fine = form.validate()
            form.shown = {f.short_name: f._value() for f in form}
            form.said = {f.short_name: str(f.errors[0]) if f.errors else None for f in form}
            form.lines = form.summary()
            return form

    return post


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("name_cs", "  Cílená\u00a0iniciativa \r\n", "Cílená\u00a0iniciativa"),
        ("name_cs", "Cesky\u0301", "Ceský"),
        ("note_cs", "první\r\ndruhý\r", "první\ndruhý"),
        ("started", "únor 2013", When("2013-02")),
        ("started", "2010–2013", When("2010/2013")),
        ("started", "27. 8. 2014", When("2014-08-27")),
        ("started", "August 2012", When("2012-08")),
        ("started", "   ", None),
        ("day", "10. 6. 2015", When("2015-06-10")),
        ("amount", "600 000", Money(60000000, "EUR")),
        ("amount", "1\u00a0250,50", Money(125050, "EUR")),
        ("amount", "", None),
        ("status", "4", "4"),
        ("light", "", None),
        ("light", "bad", "bad"),
        ("lead", "2", 2),
        ("lead", "", None),
        ("address", "pragueprocess.eu/en/about", "https://pragueprocess.eu/en/about"),
        ("people", "1 000", 1000),
        ("secret", "1", True),
    ],
)
def test_a_good_value_is_read(sent, field, typed, value):
    form = sent(**{field: typed})
    assert form.fine, form.said
    assert form.units()[field] == value


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name_cs", "x" * 301, "Vejde se sem nejvýše 300 znaků. Zkraťte text o 1 znak."),
        ("name_cs", "a\nb", "Napište to na jeden řádek."),
        ("name_cs", "a\x00b", "V textu je znak, který není vidět"),
        ("name_cs", "a\u202eb", "V textu je znak, který není vidět"),
        ("note_cs", "x" * 10_000, "Vejde se sem nejvýše 200 znaků. Zkraťte text o 9 800 znaků."),
        ("note_cs", "a\x07b", "V textu je znak, který není vidět"),
        ("started", "kdysi", "Datum se nepodařilo přečíst. Pište 10. 6. 2015, červen 2015"),
        ("started", "30. 2. 2014", "Tento měsíc nemá 30. den."),
        ("started", "10/6/2015", "Nelze poznat, co je den a co měsíc."),
        ("started", "2014–2012", "Období končí dříve, než začíná."),
        ("started", "5. 5. 15", "Rok chybí, nebo je zkrácený."),
        ("started", "9" * 200, "Datum se nepodařilo přečíst."),
        ("day", "červen 2015", "Zde je třeba přesný den"),
        ("amount", "3 mil.", "Celou částku napište číslicemi"),
        ("amount", "-5", "Částka musí být větší než nula."),
        ("amount", "0", "Nula se sem nepíše."),
        ("amount", "9" * 30, "Částka musí být menší než"),
        ("amount", "1.234,5", "Tečky a čárky v částce nesedí."),
        ("amount", "1234,567", "desetinných míst nejvýše 2"),
        ("amount", "1,234", "Pište ji takto: 1"),
        ("amount", "100 USD", "U částky stojí USD, ale vedle je vybrána měna EUR."),
        ("status", "99", "Vyberte jednu z hodnot v seznamu."),
        ("status", "", "Vyplňte tento údaj."),
        ("light", "zelená", "Vyberte jednu z hodnot v seznamu."),
        ("lead", "77", "Vyberte jeden ze záznamů v seznamu."),
        ("lead", "1 OR 1=1", "Vyberte jeden ze záznamů v seznamu."),
        ("address", "javascript:alert(1)", "Napište webovou adresu"),
        ("address", "https://[", "Napište webovou adresu"),
        ("people", "2,5", "Napište celé číslo."),
        ("people", "1001", "Napište číslo od 0 do 1000."),
        ("people", "deset", "Toto není číslo."),
        ("people", "9" * 40, "Toto není číslo."),
    ],
)
def test_a_bad_value_is_refused_with_words_and_stays_typed(sent, field, typed, words):
    form = sent(**{field: typed})
    assert not form.fine
    assert form.said[field].replace("\u00a0", " ").startswith(words) or words in form.said[field].replace("\u00a0", " ")
    visible = typed.replace("\x00", "\ufffd").replace("\x07", "\ufffd").replace("\u202e", "\ufffd")
    assert form.shown[field] == visible or field in ("status", "light")
    assert [line for line in form.lines if line[0] == field]


def test_words_come_in_the_language_of_the_page(sent):
    assert sent(lang="en", started="kdysi").said["started"].startswith("This date cannot be read.")
    assert sent(lang="en", amount="1,234.50").units()["amount"] == Money(123450, "EUR")


def test_one_of_two_languages_is_enough_and_none_is_refused(sent):
    assert sent(name_cs="", name_en="Thing").fine
    form = sent(name_cs="", name_en="")
    assert form.said["name_cs"] == "Vyplňte alespoň jeden z obou jazyků." and form.said["name_en"] is None
    assert form.lines[0] == ("name_cs", "Název (česky)", "Vyplňte alespoň jeden z obou jazyků.")


def test_an_amount_and_its_currency_are_one_value(sent):
    assert sent(amount="5", amount__currency="CZK").units()["amount"] == Money(500, "CZK")
    assert sent(amount="5", amount__currency="XXX").said["amount"] == "Vyberte jednu z měn v seznamu."
    assert sent(amount="5", amount__currency="<b>").said["amount"] == "Vyberte jednu z měn v seznamu."
    assert sent(amount="", amount__currency="CZK").units()["amount"] is None


def test_several_records_are_chosen_in_the_order_offered_and_unknown_ones_refused(app, sent):
    with app.test_request_context("/", method="POST"):
        form = ThingForm(
            formdata=MultiDict([*GOOD.items(), ("countries", "3"), ("countries", "1")]), meta={"csrf": False}
        ).fill()
        assert form.validate() and form.countries.data == [1, 3]
    assert sent(countries="9").said["countries"] == "Vybírejte jen záznamy ze seznamu."
    assert sent(countries="1; DROP").said["countries"] == "Vybírejte jen záznamy ze seznamu."
    assert sent(themes="z").said["themes"] == "Vybírejte jen hodnoty ze seznamu."


def test_a_form_shows_the_values_of_a_record_as_people_write_them(app):
    with app.test_request_context("/"):
        form = ThingForm(
            data={"started": When("2013-02"), "amount": Money(125050, "CZK"), "lead": 2, "status": "4"}
        ).fill()
        assert form.started._value() == "únor\u00a02013"
        assert (form.amount._value(), form.amount.currency) == ("1\u00a0250,50", "CZK")
        assert [label for _value, label, chosen in form.lead.options() if chosen] == ["Gruzie"]
        assert [code for code, _label, chosen in form.status.options() if chosen] == ["4"]


def test_what_a_form_shows_it_reads_back_unchanged(app, sent):
    for edtf in ("2013-02", "2010/2013", "2014-08-27", "2013-02/..", "2013~", "../2014-08-26", "201X"):
        with app.test_request_context("/"):
            shown = ThingForm(data={"started": When(edtf)}).started._value()
        assert sent(started=shown).units()["started"] == When(edtf), shown


class SearchForm(Form):
    lead = RecordField("Vede")


def test_a_record_is_found_by_a_part_of_its_name_without_diacritics(app):
    offered = [(n, f"Ministerstvo {n}") for n in range(1, 400)] + [(500, "Úřad vlády"), (501, "Úřad práce")]

    def found(text, pick=None):
        with app.test_request_context("/", method="POST"):
            data = {"lead": text} | ({"lead-pick": pick} if pick else {})
            form = SearchForm(formdata=MultiDict(data), meta={"csrf": False})
            form.lead.offer(offered)
            form.validate()
            return form.lead.data, [str(e) for e in form.lead.errors], form.lead.candidates, form.lead._value()

    assert found("urad prace")[0] == 501
    assert found("Ministerstvo 7")[0] == 7
    assert found("42")[0] == 42
    data, errors, candidates, typed = found("úřad")
    assert (
        data is None
        and errors
        and [name for _id, name in candidates] == ["Úřad vlády", "Úřad práce"]
        and typed == "úřad"
    )
    assert found("úřad", pick="500")[0] == 500
    assert found("úřad", pick="9999")[1]
    assert found("nikde nic")[1] == ["Žádný záznam se tak nejmenuje. Napište část názvu tak, jak stojí v portálu."]


def test_a_field_that_is_typed_in_suggests_at_most_500_names_each_once_and_takes_every_one(app):
    offered = [(n, f"\u2003Úřad {n:03}") for n in range(1, 700)] + [(900, "Úřad 00"), (901, "≈\u00a05 EUR")]

    def opened(text=None):
        with app.test_request_context("/", method="POST"):
            form = SearchForm(formdata=MultiDict({"lead": text}) if text else None, meta={"csrf": False})
            form.lead.offer([*offered, (902, "Úřad 001")])
            form.validate()
            return form.lead

    names = opened().suggestions
    assert (len(names), names[:2], names[-1]) == (500, ["Úřad 001", "Úřad 002"], "Úřad 500")
    assert opened("Úřad 00").data == 900  # more than twenty hold these words; one is called so
    assert opened("≈\u00a05 EUR").data == 901
    assert opened("Úřad 002").data == 2
    assert [key for key, _name in opened("Úřad 001").candidates][:2] == [1, 902]
    assert str(opened().hint) == "Napište část názvu, jak stojí v portálu."


def test_a_select_suggests_nothing(app):
    with app.test_request_context("/"):
        form = SearchForm()
        form.lead.offer([(1, "Úřad")])
        assert (form.lead.layout, form.lead.suggestions, form.lead.hint) == ("record", [], None)


class MoreForm(Form):
    mail = EmailField("E-mail")
    share = NumberField("Podíl", places=1, low=0, high=100)
    any_amount = MoneyField("Částka", negative=True, zero=True)
    link = AddressField("Adresa")


def test_other_fields(sent):
    form = sent(MoreForm, mail="Jana.Nova@MVCR.cz", share="12,5", any_amount="−3,10")
    assert form.fine and form.data["mail"] == "jana.nova@mvcr.cz"
    assert form.data["share"] == Decimal("12.5") and form.data["any_amount"] == Money(-310, "EUR")
    assert sent(MoreForm, mail="jana@").said["mail"].startswith("Napište e-mailovou adresu")
    assert sent(MoreForm, share="12,55").said["share"] == "Desetinných míst sem patří nejvýše 1."
    assert sent(MoreForm, share="101").said["share"] == "Napište číslo od 0 do 100."


def test_the_messages_of_a_refused_action_stand_at_their_fields(app):
    with app.test_request_context("/", method="POST", headers={"Cookie": "lang=cs"}):
        form = ThingForm(formdata=MultiDict(GOOD), meta={"csrf": False}).fill()
        assert form.validate()
        form.refuse(
            InvalidInput({"started": "The period ends before it starts. Swap its two ends.", "": "This cannot be done"})
        )
        assert form.started.errors == ["Období končí dříve, než začíná. Zaměňte jeho začátek a konec."]
        assert form.summary()[0] == (None, "", "Toto nelze provést")
    page = Client(app).submit(Client(app).get("/things/1/edit"), 400, name_cs="odmítni")
    assert page.value("name_cs") == "odmítni"


def test_units_and_what_changed(sent):
    form = sent(note_cs="nové")
    base = {"name_cs": "Věc", "note_cs": "staré", "amount": None}
    assert form.changed(base) == {"note_cs": "nové"}
    assert "version" not in form.units() and COUNTRIES[0][0] == 1


def test_a_form_without_its_version_is_refused_with_words(app):
    with app.test_request_context("/", method="POST"):
        form = ThingForm(
            formdata=MultiDict({"name_cs": "x", "status": "2", "version": "x"}), meta={"csrf": False}
        ).fill()
        assert not form.validate()
        assert form.summary()[0][2].startswith("Formulář přišel neúplný.")


def test_a_failed_form_comes_back_with_everything_typed_and_a_summary_that_leads_to_the_fields(client):
    typed = {
        "name_cs": "<b>Věc</b> „uvozovky“", "started": "kdysi", "day": "zítra", "amount": "mnoho", "amount-currency": "CZK",
        "status": "4", "light": "warn", "lead": "2", "address": "nikam", "people": "spousta", "secret": "1",
        "note_cs": "\nřádek\n" + "x" * 300,
    }  # fmt: skip
    page = client.submit(client.get("/things/1/edit"), 422, {**typed, "countries": ["1", "3"], "themes": "a"})
    values = page.values()
    assert {k: values[k] for k in typed} == typed
    assert values["countries"] == ["1", "3"] and values["themes"] == "a"
    links = [a["href"] for a in page.soup.select("#errors a")]
    assert links == ["#started", "#day", "#amount", "#address", "#people", "#note_cs"]
    assert page.soup.find(id="started")["aria-invalid"] == "true"
    assert "started-error" in page.soup.find(id="started")["aria-describedby"]
