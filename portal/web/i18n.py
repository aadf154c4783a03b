"""Two languages, one catalogue.

    from portal.web.i18n import _, ngettext, lazy_gettext as _l, pgettext

    _("Saved %(name)s", name=project.name(lang()))      # formatted only when values are given
    ngettext("%(num)s project", "%(num)s projects", n)  # `num` is n, written with no-break spaces
    label = _l("Status")                                # class bodies and module level: translated when read

Templates have `_`, `ngettext`, `pgettext` and `{% trans %}` (values are escaped; a literal per cent sign is `%%`).
Czech stands in `portal/translations/cs/<feature>.po`, plain PO files merged at start. The language of a request comes from
the cookie `lang`, then the person's setting, then PORTAL_LANG; `with speaking("en"):` overrides it (exports, mails).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from jinja2 import pass_context

from portal.web.frame import frame
from portal.web.numerals import written

LANGUAGES = {"cs": "Česky", "en": "English"}
COOKIE = "lang"
FOLDER = Path(__file__).parent.parent / "translations"

_spoken: ContextVar[str | None] = ContextVar("spoken language", default=None)
_catalogues: dict[str, NullTranslations] = {"en": NullTranslations()}


def read_catalogue(lang: str, folder: Path = FOLDER) -> NullTranslations:
    """All `<folder>/<lang>/*.po` merged into one catalogue. ValueError for a file that is no PO file.

    Two files that translate one string differently are found by a guard, not here: the portal starts all the same.
    """
    merged: Translations | None = None
    for path in sorted((folder / lang).glob("*.po")):
        with path.open("rb") as file:
            parsed = read_po(file, locale=lang, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, parsed)
        compiled.seek(0)
        part = Translations(compiled)
        merged = part if merged is None else merged.merge(part)
    return merged or NullTranslations()


def catalogue() -> NullTranslations:
    """The catalogue of the language spoken now."""
    spoken = lang()
    if spoken not in _catalogues:
        _catalogues[spoken] = read_catalogue(spoken)
    return _catalogues[spoken]


def lang() -> str:
    """`cs` or `en`: the language this request (or `speaking` block) is answered in."""
    override = _spoken.get()
    if override:
        return override
    if not has_request_context():
        return "cs"
    if "lang" not in g:
        g.lang = _choose()
    return g.lang


def _choose() -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen not in LANGUAGES and not g.get("bare"):
        chosen = frame().load_language()
    if chosen not in LANGUAGES:
        chosen = frame().setting("lang", "cs")
    return chosen if chosen in LANGUAGES else "cs"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside is said in `language`, whatever the request asks for."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str, **values) -> str:
    text = catalogue().ugettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, num: int, **values) -> str:
    values.setdefault("num", written(num, lang()))
    return catalogue().ungettext(singular, plural, num) % values


def pgettext(context: str, message: str, **values) -> str:
    text = catalogue().upgettext(context, message)
    return text % values if values else text


def npgettext(context: str, singular: str, plural: str, num: int, **values) -> str:
    values.setdefault("num", written(num, lang()))
    return catalogue().unpgettext(context, singular, plural, num) % values


def lazy_gettext(message: str, **values) -> LazyProxy:
    """Translated each time it is read, so one form class serves both languages."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


_ = gettext
_l = lazy_gettext


def say(message) -> str:
    """Text of a message from below the web, in the language of the request: a plain English msgid, a lazy string, or
    an error of the kernel (`message` filled with its `params`)."""
    values = getattr(message, "params", None) or {}
    text = getattr(message, "message", message)
    if isinstance(text, LazyProxy):
        return str(text)
    return gettext(str(text), **values)


def install(app: Flask) -> None:
    """Gettext in templates."""
    for language in LANGUAGES:
        if language not in _catalogues:
            _catalogues[language] = read_catalogue(language)
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(
        lambda text: catalogue().ugettext(text),
        lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, text: catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, n: catalogue().unpgettext(context, one, many, n),
    )
    counted = env.globals["ngettext"]
    env.globals["ngettext"] = pass_context(
        lambda context, one, many, n, **values: counted(context, one, many, n, **{"num": written(n, lang()), **values})
    )
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(lang=lang, LANGUAGES=LANGUAGES)
