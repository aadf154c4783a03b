"""The two ways a person works with a page, so that a journey is written once: by the pointer, or by the keyboard alone.

    hands = Keys(tab)
    hands.follow("Nové jednání")              a link, by the words it begins with
    hands.write("name_cs", "Zasedání panelu") a field, by its name
    hands.choose("owner", "Gruzie")           an option, by the words it begins with
    hands.pick("light", "warn")               one of several radio buttons, by its value
    hands.press("Uložit jednání")             a button that sends a form

Whoever has the keyboard alone goes by Tab from where the focus is, and sees at every stop where that is.
"""

from __future__ import annotations

import re

from tests.browser.tab import Tab

MOST = 120
"""Stops after which a page is too long for the keyboard."""
FOCUS = """() => {
  const at = document.activeElement;
  return {tag: at.tagName, name: at.name ?? "", words: (at.innerText ?? "").replaceAll("\\u00a0", " ").trim(),
    main: !!at.closest("main"), seen: getComputedStyle(at).outlineStyle !== "none"};
}"""


class Pointer:
    """A person with a mouse."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page = tab, tab.page

    def _named(self, tag: str, words: str):
        begins = re.compile(r"^\s*" + r"[\s\u00a0]".join(map(re.escape, words.split())))
        return self.page.locator(f"main {tag}:visible", has_text=begins).first

    def follow(self, words: str) -> None:
        self._named("a", words).click()

    def press(self, words: str) -> None:
        with self.page.expect_event("load"):  # what is kept with the history entry is no new page
            self._named("button", words).click()

    def write(self, name: str, text: str) -> None:
        self.page.fill(f"main [name={name}]", text)

    def choose(self, name: str, words: str) -> None:
        field = self.page.locator(f"main select[name={name}]")
        labels = [label.replace("\u00a0", " ").strip() for label in field.locator("option").all_inner_texts()]
        field.select_option(index=next(i for i, label in enumerate(labels) if label.startswith(words)))

    def pick(self, name: str, value: str) -> None:
        self.page.check(f"main [name={name}][value={value}]", force=True)


class Keys:
    """A person with a keyboard. Fields are written from the top down, as the focus goes."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page, self.keys = tab, tab.page, tab.page.keyboard

    def _go_to(self, what: str, wanted) -> None:
        if self.page.evaluate("document.activeElement === document.body"):
            self.keys.press("Tab")
            self.keys.press("Enter")  # the first stop skips to the content
        for _stop in range(MOST):
            at = self.page.evaluate(FOCUS)
            assert at["seen"] or at["tag"] == "MAIN", f"{at}: the focus cannot be seen"
            if at["main"] and wanted(at):
                return
            self.keys.press("Tab")
        raise AssertionError(f"no key leads to {what!r}")

    def follow(self, words: str) -> None:
        self._go_to(words, lambda at: at["tag"] == "A" and at["words"].startswith(words))
        self.keys.press("Enter")

    def press(self, words: str) -> None:
        self._go_to(words, lambda at: at["tag"] == "BUTTON" and at["words"].startswith(words))
        with self.page.expect_event("load"):  # what is kept with the history entry is no new page
            self.keys.press("Enter")

    def write(self, name: str, text: str) -> None:
        self._go_to(name, lambda at: at["name"] == name)
        self.keys.press("Control+a")
        self.keys.type(text)

    def choose(self, name: str, words: str) -> None:
        """By plain letters: what is not on an American keyboard is pasted, and a list takes no paste."""
        assert words.isascii()
        self._go_to(name, lambda at: at["name"] == name)
        self.keys.type(words)
        shown = self.page.evaluate("document.activeElement.selectedOptions[0].label")
        assert shown.replace("\u00a0", " ").strip().startswith(words), f"{name}: {shown} instead of {words}"

    def pick(self, name: str, value: str) -> None:
        self._go_to(name, lambda at: at["name"] == name)
        for _choice in range(10):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.keys.press("ArrowRight")
        raise AssertionError(f"no key chooses {value!r} at {name!r}")
