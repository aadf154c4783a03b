"""Invented names in both languages, with the letters that Czech needs."""

from __future__ import annotations

from portal.ops.generating.chance import Chance

Names = tuple[str, str]
COUNTRIES = (
    "GE", "MD", "AM", "AZ", "UA", "BY", "RS", "BA", "AL", "MK", "TR", "JO", "LB", "TN", "MA", "EG", "ET", "NG", "SN", "ML",
    "VN", "MN", "KZ", "UZ",
)  # fmt: skip
FORMS = (
    ("Nadace", "Foundation"), ("Spolek", "Association"), ("Ústav", "Institute"), ("Agentura", "Agency"),
    ("Středisko", "Centre"), ("Sdružení", "Union"), ("Kancelář", "Office"), ("Společnost", "Society"),
)  # fmt: skip
WORDS = (
    "Jeřabina", "Pampeliška", "Střemcha", "Řebříček", "Žluva", "Čečetka", "Ťuhýk", "Dřín", "Kosatec", "Šípek", "Hvězdnice",
    "Ďáblík", "Křišťál", "Třezalka", "Růžovník", "Sněženka", "Břečťan", "Mařinka", "Úsvit", "Jiřička", "Konipásek", "Lýkovec",
    "Ostružina", "Příboj",
)  # fmt: skip
BODIES = {
    "non_governmental": 40, "international_organisation": 15, "agency": 15, "ministry": 12, "academic": 8, "company": 5,
    "eu_institution": 5,
}  # fmt: skip
AIMS = (
    ("Podpora dobrovolných návratů", "Support of voluntary returns"),
    ("Posílení správy hranic", "Strengthening of border management"),
    ("Vzdělávání úředníků azylové správy", "Training of asylum officials"),
    ("Opětovné začlenění navrátilců", "Reintegration of returnees"),
    ("Boj proti padělání dokladů", "Fight against forged documents"),
    ("Informační kampaň o legální migraci", "Information campaign on legal migration"),
    ("Rozvoj azylového řízení", "Development of the asylum procedure"),
    ("Pomoc uprchlíkům a hostitelským obcím", "Help for refugees and host communities"),
    ("Řízení pracovní migrace", "Management of labour migration"),
    ("Předcházení obchodu s lidmi", "Prevention of trafficking in human beings"),
    ("Údaje a předpovědi o migraci", "Migration data and forecasts"),
    ("Spolupráce s krajany v zahraničí", "Cooperation with the diaspora"),
)
STEPS = (("příprava", "preparation"), ("I. etapa", "phase I"), ("II. etapa", "phase II"), ("závěr", "conclusion"))
DIALOGUES = (
    ("Dialog o mobilitě", "Dialogue on mobility"), ("Partnerství pro návraty", "Partnership for returns"),
    ("Panel pro azyl", "Panel on asylum"), ("Společná platforma", "Joint platform"),
    ("Řada expertních setkání", "Series of expert meetings"),
)  # fmt: skip
FUNDS = (
    ("Program sousedské spolupráce", "Neighbourhood cooperation programme"), ("Fond pro návraty", "Fund for returns"),
    ("Dotační řízení Pomoc na místě", "Grant scheme Help on the spot"), ("Nástroj rychlé odezvy", "Rapid response instrument"),
)  # fmt: skip
THEMES = (("návraty", "returns"), ("azyl", "asylum"), ("hranice", "borders"), ("pracovní migrace", "labour migration"))
HAPPENED = (
    "Proběhlo školení první skupiny účastníků.", "Výběrové řízení bylo vyhlášeno znovu, termín se posouvá.",
    "Partner dodal závěrečnou zprávu.", "Čeká se na souhlas partnerské země.", "Zařízení bylo předáno a převzato.",
)  # fmt: skip
NEXT = ("Připravit další jednání.", "Uzavřít vyúčtování.", "Doplnit chybějící podklady.", "")
TASKS = ("Vyžádat vyúčtování", "Ověřit výši příspěvku", "Doplnit zdroj částky", "Připravit podklad k jednání")
MEETINGS = (
    ("Zasedání řídicího výboru", "Meeting of the steering committee"), ("Expertní seminář", "Expert workshop"),
    ("Hodnotící mise", "Evaluation mission"), ("Podpis ujednání", "Signature of the arrangement"),
)  # fmt: skip
FOLLOW_UPS = (
    ("Zaslat zápis", "Send the minutes"),
    ("Navrhnout termín příští schůzky", "Propose a date for the next meeting"),
)
ADDENDA = (("prodloužení doby trvání", "extension of the duration"), ("navýšení rozpočtu", "increase of the budget"))
PURPOSES = (("vybavení", "equipment"), ("školení", "training"), ("cestovní náklady", "travel"), ("", ""))


def numbered(names: Names, number: int) -> Names:
    return f"{names[0]} {number}", f"{names[1]} {number}"


def organisation(chance: Chance, number: int) -> Names:
    """ "Nadace Jeřabina 12", "Foundation Jeřabina 12"."""
    form, word = chance.choice(FORMS), chance.choice(WORDS)
    return numbered((f"{form[0]} {word}", f"{form[1]} {word}"), number)


def project(chance: Chance, country: Names, number: int) -> Names:
    """ "Podpora dobrovolných návratů – Gruzie, I. etapa (17)"."""
    aim, step = chance.choice(AIMS), chance.choice(STEPS)
    return f"{aim[0]} – {country[0]}, {step[0]} ({number})", f"{aim[1]} – {country[1]}, {step[1]} ({number})"


def framework(chance: Chance, country: Names, number: int) -> Names:
    dialogue = chance.choice(DIALOGUES)
    return numbered((f"{dialogue[0]} – {country[0]}", f"{dialogue[1]} – {country[1]}"), number)
