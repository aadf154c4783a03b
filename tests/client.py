"""A client that insists on good pages.

    client = Client(app)
    page = client.get("/projects")                       # 200 is expected; status=404 for others
    page = client.submit(page, 422, name_cs="x")      # the page's form with its token, changed as a person would
    page.h1, page.text, page.link("Upravit"), page.errors()

Every HTML answer must parse without an error, have one h1, a language and a title, labelled fields, unique ids, targets for
all its references, nothing inline, and no link or button without a name. (A GET that leaves unsaved work in the session
fails in the page wrapper itself when the application is `testing`.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

FIELDS = ("input", "select", "textarea")


class Builder(HTML5TreeBuilder):
    """Builds the soup and keeps what html5lib found wrong, so that a page is parsed once (the slow part of a test)."""

    def feed(self, markup) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None
        self.faults = parser.errors


def parsed(html: str) -> tuple[BeautifulSoup, list]:
    builder = Builder()
    return BeautifulSoup(html, builder=builder), builder.faults


def problems(html: str) -> list[str]:
    """Everything wrong with a page; empty when it is good."""
    return _problems(*parsed(html))


class Tags:
    """The elements of a page, gone through once: `tags("a")`, `tags.having("href")`, `tags.all` in their order."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all = [node for node in soup.descendants if isinstance(node, Tag)]
        self._by_name: dict[str, list[Tag]] = defaultdict(list)
        self._by_attribute: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.all:
            self._by_name[tag.name].append(tag)
            for attribute in tag.attrs:
                self._by_attribute[attribute].append(tag)

    def __call__(self, *names: str) -> list[Tag]:
        return [tag for name in names for tag in self._by_name[name]]

    def having(self, attribute: str) -> list[Tag]:
        return self._by_attribute[attribute]

    def attributes(self) -> list[str]:
        return list(self._by_attribute)


def _within(tag: Tag, *names: str) -> bool:
    return any(parent.name in names for parent in tag.parents)


def _problems(soup: BeautifulSoup, errors: list) -> list[str]:
    found = [f"line {position[0]}: {code} {data or ''}" for position, code, data in errors]
    tags = Tags(soup)
    if soup.html.get("lang") not in ("cs", "en"):
        found.append("html has no language")
    if soup.title is None or not soup.title.get_text(strip=True):
        found.append("no title")
    if len(tags("h1")) != 1:
        found.append(f"{len(tags('h1'))} h1 instead of one")
    for form in tags("form"):
        if form.find("input", type="file") and form.get("enctype") != "multipart/form-data":
            found.append(f"a browser sends no file from the form of {form.get('action')}")
    return found + _references(tags) + _inline(tags) + _names(tags) + _order(tags)


def _references(tags: Tags) -> list[str]:
    ids = Counter(tag["id"] for tag in tags.having("id"))
    found = [f"id {name!r} stands {n} times" for name, n in ids.items() if n > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "popovertarget"):
        for tag in tags.having(attribute):
            words = tag[attribute] if isinstance(tag[attribute], list) else tag[attribute].split()
            found += [f"<{tag.name} {attribute}={word!r}> points nowhere" for word in words if word not in ids]
    for tag in tags("a"):
        href = tag.get("href")
        if href is not None and href.startswith("#") and len(href) > 1 and href[1:] not in ids:
            found.append(f"link to {href!r} points nowhere")
        if href in ("", "#"):
            found.append(f"link {tag.get_text(strip=True)!r} leads nowhere")
    return found


def _inline(tags: Tags) -> list[str]:
    found = [f"style attribute on <{tag.name}>" for tag in tags.having("style")]
    found += ["inline style sheet" for _tag in tags("style")]
    code = [tag for tag in tags("script") if not tag.get("src") and tag.get("type") != "application/json"]
    found += ["inline script" for _tag in code]
    for name in tags.attributes():
        if name.lower().startswith("on"):
            found += [f"{name} on <{tag.name}>" for tag in tags.having(name)]
    return found


def _names(tags: Tags) -> list[str]:
    found = []
    labelled = {tag["for"] for tag in tags("label") if tag.has_attr("for") and tag.get_text(strip=True)}
    for tag in tags(*FIELDS):
        if tag.name == "input" and tag.get("type") in ("hidden", "submit", "button"):
            continue
        if not (
            tag.get("id") in labelled or tag.get("aria-label") or tag.get("aria-labelledby") or _within(tag, "label")
        ):
            found.append(f"<{tag.name} name={tag.get('name')!r}> has no label")
    for tag in tags("a", "button", "summary"):
        named = tag.get_text(strip=True) or tag.get("aria-label") or tag.find(attrs={"aria-label": True})
        if not (named or tag.find("img", alt=lambda alt: bool(alt))):
            found.append(f"<{tag.name}> without a name: {tag}")
        if _within(tag, "a", "button"):
            found.append(f"<{tag.name}> inside a link or button")
    found += [f"<img src={tag.get('src')!r}> without alt" for tag in tags("img") if tag.get("alt") is None]
    found += ["table without caption" for tag in tags("table") if not tag.find("caption")]
    found += ["fieldset without legend" for tag in tags("fieldset") if not tag.find("legend", recursive=False)]
    found += [f"empty <{tag.name}>" for tag in tags("th", "h1", "h2", "h3") if not tag.get_text(strip=True)]
    return found


def _order(tags: Tags) -> list[str]:
    levels = [int(tag.name[1]) for tag in tags.all if tag.name in ("h1", "h2", "h3", "h4", "h5")]
    return [f"h{b} follows h{a}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]


class Page:
    """One answer. `soup` is the parsed page; `text` its words with single spaces."""

    def __init__(self, response, path: str) -> None:
        self.response, self.path, self.status = response, path, response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.soup, self.faults = parsed(self.html)

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").replace("\u2060", "").split())

    @property
    def h1(self) -> str:
        return " ".join(self.soup.h1.get_text(" ").split())

    @property
    def location(self) -> str:
        """Where a redirect leads, as a local path."""
        parts = urlsplit(self.response.headers["Location"])
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def link(self, name: str) -> str:
        """The address of the link with this text (or aria-label)."""
        for tag in self.soup.find_all("a", href=True):
            if name in (" ".join(tag.get_text(" ").split()), tag.get("aria-label")):
                return urljoin(self.path, tag["href"])
        raise AssertionError(f"no link {name!r} on {self.path}")

    def links(self) -> list[str]:
        return [tag["href"] for tag in self.soup.find_all("a", href=True)]

    def errors(self) -> list[str]:
        """The lines of the error summary."""
        box = self.soup.find(id="errors")
        return [" ".join(li.get_text(" ").split()) for li in box.find_all("li")] if box else []

    def value(self, name: str) -> str | None:
        """What stands in a field."""
        return self.values().get(name)

    def form(self, action: str | None = None):
        """The page's posting form (the one whose action ends with `action`), the first in main by default."""
        forms = [f for f in self.soup.main.find_all("form") if f.get("method", "get") == "post"]
        if action is not None:
            forms = [f for f in forms if f.get("action", "").endswith(action)]
        if not forms:
            raise AssertionError(f"no form {action or ''} on {self.path}: {self.text[:300]}")
        return forms[0]

    def values(self, action: str | None = None) -> dict[str, str | list[str]]:
        """What the browser would send from the form, without any button."""
        sent: dict[str, list[str]] = {}
        for tag in self.form(action).find_all(FIELDS):
            name, kind = tag.get("name"), tag.get("type", "text")
            if not name or tag.has_attr("disabled") or kind in ("submit", "button"):
                continue
            if kind in ("checkbox", "radio"):
                if tag.has_attr("checked"):
                    sent.setdefault(name, []).append(tag.get("value", "on"))
            elif tag.name == "select":
                options = tag.find_all("option")
                chosen = [o for o in options if o.has_attr("selected")] or options[:1]
                sent.setdefault(name, []).extend(o.get("value", o.get_text()) for o in chosen)
            elif tag.name == "textarea":
                sent.setdefault(name, []).append(tag.get_text())
            else:
                sent.setdefault(name, []).append(tag.get("value", ""))
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


class Compiled(BytecodeCache):
    """Compiled templates, kept for the whole run of pytest: applications are many, templates the same."""

    kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key + bucket.checksum in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


class Client:
    """A browser without JavaScript. `lang` sets the language cookie."""

    def __init__(self, app: Flask, lang: str | None = None) -> None:
        self.app = app
        app.jinja_env.bytecode_cache = app.jinja_env.bytecode_cache or Compiled()
        self.browser = app.test_client()
        if lang:
            self.speak(lang)

    def speak(self, lang: str) -> None:
        self.browser.set_cookie("lang", lang)

    def get(self, path: str, status: int = 200, **options) -> Page:
        return self._read(self.browser.get(path, **options), path, status)

    def post(self, path: str, data=None, status: int = 303, **options) -> Page:
        return self._read(self.browser.post(path, data=data or {}, **options), path, status)

    def submit(
        self, page: Page, status: int = 303, fields: dict | None = None, *, action: str | None = None, headers=None,
        button: str | None = None, **changes,
    ) -> Page:  # fmt: skip
        """Send the page's form as it stands, with `fields` changed (None leaves one out).

        Keywords are fields too, `__` for `-`; a field called `status` goes into `fields`.
        """
        data = page.values(action) | {name.replace("__", "-"): value for name, value in changes.items()}
        data |= fields or {}
        if button:
            data[button] = "1"
        data = {name: value for name, value in data.items() if value is not None}
        target = urljoin(page.path, page.form(action).get("action") or page.path)
        return self.post(target, data, status, headers=headers)

    def follow(self, page: Page, status: int = 200) -> Page:
        return self.get(page.location, status)

    def _read(self, response, path: str, status: int) -> Page:
        page = Page(response, path)
        words = page.text[:500] if page.html else response.get_data(as_text=True)[:500]
        assert page.status == status, f"{path} answered {page.status}, not {status}: {words}"
        if page.html and page.status not in (301, 302, 303, 304, 307, 308):
            found = _problems(page.soup, page.faults)
            assert not found, f"{path}: " + "; ".join(found)
        return page
