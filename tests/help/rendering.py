"""Makes the pages of help and their copies in docs/ from their sources: `make docs`.

    docs/guide/<language>/<chapter>.md  →  templates/help/guide/<language>/<chapter>.html
    portal/help/glossary.json           →  docs/guide/<language>/glossary.md and the glossary of README.md
    docs/guide/*/accessibility.md       →  docs/accessibility.md

Markdown is read by markdown-it, strict CommonMark and tables, raw HTML refused. A link to `money.md#flows` becomes the address
of that chapter, a picture a hashed file, an address written as code (`/work`) a link to that page. Nothing else is added to the
text but no-break spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from portal.config import as_markdown
from portal.help import glossary
from portal.help.chapters import CHAPTERS, STATEMENT
from portal.kernel.text import fold
from portal.web.formats import nbsp
from tests.machine import ROOT

GUIDE, PAGES = ROOT / "docs" / "guide", ROOT / "templates" / "help" / "guide"
PICTURES = GUIDE / "pictures"
LANGUAGES = ("cs", "en")
MADE = "{#- Made from docs/guide/%s/%s.md by `make docs`. -#}"
ELSEWHERE = {"glossary.md": "help.glossary", "accessibility.md": "help.accessibility"}


class Unfit(ValueError):
    """A chapter holds what the guide has no page for; the text names file and thing."""


def source(lang: str, name: str) -> str:
    return (GUIDE / lang / f"{name}.md").read_text(encoding="utf-8")


def anchor(text: str) -> str:
    """`Zahrnuté částky` → `zahrnute-castky`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


MARKDOWN = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")


def page(app: Flask, lang: str, name: str) -> str:
    """The template of one chapter: its title, its first paragraph, its headings, and its text as a macro."""
    tokens = MARKDOWN.parse(source(lang, name))
    if [t.type for t in tokens[:4:3]] != ["heading_open", "paragraph_open"] or tokens[0].tag != "h1":
        raise Unfit(f"{lang}/{name}: begins with no title and sentence")
    title, lede, body = tokens[1].content, tokens[4].content, tokens[6:]
    headings = []
    for opening, inline in zip(body, body[1:], strict=False):
        if opening.type == "heading_open":
            opening.attrSet("id", anchor(inline.content))
            if opening.tag == "h2":
                headings.append((anchor(inline.content), nbsp(inline.content, lang)))
    for token in body:
        _fit(app, lang, name, token)
    _figures(body)
    body = list(_captioned(body))
    html = MARKDOWN.renderer.render(body, MARKDOWN.options, {})
    return "\n".join((
        MADE % (lang, name),
        '{% from "help/address.html" import address %}',
        f"{{% set title = {_quoted(title, lang)} %}}",
        f"{{% set lede = {_quoted(lede, lang)} %}}",
        "{% set headings = [" + ", ".join(f'("{i}", {_quoted(text, lang)})' for i, text in headings) + "] %}",
        "{% macro text() %}",
        html.strip(),
        "{% endmacro %}",
    )) + "\n"  # fmt: skip


def _quoted(text: str, lang: str) -> str:
    if '"' in text or "\\" in text or "`" in text or "*" in text or "[" in text:
        raise Unfit(f"plain words only: {text}")
    return f'"{nbsp(text, lang)}"'


def _fit(app: Flask, lang: str, name: str, token: Token) -> None:
    """Turn what a file in docs/ says into what a page says."""
    if "{{" in token.content or "{%" in token.content:
        raise Unfit(f"{lang}/{name}: {token.content}")
    if token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or ():
        if child.type == "text":
            child.content = str(nbsp(child.content, lang))
        elif child.type == "softbreak":
            child.type, child.tag, child.content = "text", "", " "
        elif child.type == "link_open":
            child.attrSet("href", _address(app, lang, name, str(child.attrGet("href"))))
        elif child.type == "image":
            _picture(lang, name, child)
    if token.children:
        token.children = [_coded(app, child) for child in token.children]


def _address(app: Flask, lang: str, name: str, href: str) -> str:
    """The address of a chapter or a web page."""
    file, mark, at = href.partition("#")
    if re.match(r"https://", href) or not file:
        return href
    chapter = file.removesuffix(".md")
    if file in ELSEWHERE:
        return _filled(f"url_for('{ELSEWHERE[file]}')") + mark + at
    if chapter not in CHAPTERS:
        raise Unfit(f"{lang}/{name}: no chapter {href}")
    return _filled(f"url_for('help.chapter', chapter='{chapter}')") + mark + at


def _filled(call: str) -> str:
    """What the template asks for when it is shown."""
    return "{{ " + call + " }}"


def _picture(lang: str, name: str, image: Token) -> None:
    file = PICTURES / Path(str(image.attrGet("src"))).name
    if image.attrGet("src") != f"../pictures/{file.name}" or not file.name.endswith(f".{lang}.webp"):
        raise Unfit(f"{lang}/{name}: no picture of the guide: {image.attrGet('src')}")
    width, height = size(file)
    image.attrSet("src", _filled(f"asset('guide/{file.name}')"))
    for key, value in (("width", width), ("height", height)):
        image.attrSet(key, str(value))


def size(file: Path) -> tuple[int, int]:
    """Width and height of a WebP picture, from its head. `Unfit` where it is none."""
    head = file.read_bytes()[:30] if file.is_file() else b""
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    raise Unfit(f"{file.name} is missing, or no picture: run `make screenshots`")


def _coded(app: Flask, child: Token) -> Token:
    """An address of the portal becomes a link to the page, for whoever may open it; other code stays."""
    if child.type != "code_inline" or not child.content.startswith("/") or child.content == "/":
        return child
    link = Token("html_inline", "", 0)
    link.content = _filled(f"address('{endpoint(app, child.content)}', '{child.content}')")
    return link


def endpoint(app: Flask, path: str) -> str:
    """The endpoint of a page of the portal. `Unfit` where no page has the address."""
    try:
        return str(app.url_map.bind("localhost").match(path)[0])
    except HTTPException:
        raise Unfit(f"no page {path}") from None


def _figures(body: list[Token]) -> None:
    """A picture alone in its paragraph is a figure."""
    for opening, inline, closing in zip(body, body[1:], body[2:], strict=False):
        if inline.type == "inline" and [one.type for one in inline.children or ()] == ["image"]:
            opening.tag = closing.tag = "figure"


def _captioned(body: list[Token]) -> Iterator[Token]:
    """Each table says what it is of: the heading above it, for those who hear the page."""
    heading = ""
    for before, token in zip([None, *body], body, strict=False):
        if before is not None and before.type == "heading_open":
            heading = token.content
        yield token
        if token.type == "table_open":
            caption = Token("html_block", "", 0)
            caption.content = f'<caption class="vh">{escape(heading)}</caption>\n'
            yield caption


def glossary_chapter(lang: str) -> str:
    """`docs/guide/<lang>/glossary.md`, whole."""
    other, listed = ("en", "V seznamu") if lang == "cs" else ("cs", "In the list")
    head = "# Slovník\n\nCo slova v portálu znamenají." if lang == "cs" else "# Glossary\n\nWhat the words mean here."
    lines = [head, ""]
    for term in glossary.terms(lang):
        values = f" {listed}: {'; '.join(term.values(lang))}." if term.codes else ""
        lines.append(f'- <a id="{term.key}"></a>**{term.name(lang)}** ({term.name(other)}): {term.means(lang)}{values}')
    return "\n".join(lines) + "\n"


def readme(text: str) -> str:
    """README.md with the glossary as it is defined now."""
    rows = [f"| {term.cs} | {term.en} | {term.means_en.rstrip('.')} |" for term in glossary.terms("cs")]
    table = "\n".join(["| Czech | English | meaning here |", "|---|---|---|", *rows])
    return re.sub(r"(?ms)(^## Glossary\n\n).*?(?=^## |\Z)", lambda m: f"{m[1]}{table}\n", text)


def contents() -> str:
    """`docs/guide/README.md`, whole."""
    lines = [
        "# User guide", "",
        "The portal shows the same text at `/help`. Words in `code` that begin with a slash are addresses in the portal.", "",
        "| česky | English |", "|---|---|",
    ]  # fmt: skip
    for name in (*CHAPTERS, "glossary", STATEMENT):
        titles = [(lang, _title(lang, name)) for lang in LANGUAGES]
        lines.append("| " + " | ".join(f"[{title}]({lang}/{name}.md)" for lang, title in titles) + " |")
    return "\n".join(lines) + "\n"


def _title(lang: str, name: str) -> str:
    text = glossary_chapter(lang) if name == "glossary" else source(lang, name)
    return text.splitlines()[0].removeprefix("# ")


def statement() -> str:
    """`docs/accessibility.md`, whole: the statement in both languages."""
    return "\n".join(source(lang, STATEMENT) for lang in LANGUAGES)


def everything(app: Flask) -> dict[Path, str]:
    """Every file that is made, with its text."""
    made = {ROOT / "docs" / "settings.md": as_markdown()}
    for lang in LANGUAGES:
        made |= {PAGES / lang / f"{name}.html": page(app, lang, name) for name in (*CHAPTERS, STATEMENT)}
        made[GUIDE / lang / "glossary.md"] = glossary_chapter(lang)
    made[GUIDE / "README.md"] = contents()
    made[ROOT / "docs" / "accessibility.md"] = statement()
    made[ROOT / "README.md"] = readme((ROOT / "README.md").read_text(encoding="utf-8"))
    return made


def main() -> None:
    """Write every file that differs."""
    import tempfile

    from portal import create_app
    from portal.config import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), secret_key="k" * 32))
        for path, text in everything(app).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                print(path.relative_to(ROOT))  # noqa: T201


if __name__ == "__main__":
    main()
