"""Every word the portal says has its Czech, whole, once and alive."""

from __future__ import annotations

import re
from collections import defaultdict

from portal.kernel import codes
from tests.guards.messages import complete, key_of, said, translated

VALUES = re.compile(r"%\((\w+)\)[sd]")


def test_every_word_has_its_czech():
    have = {key_of(message) for _file, message in translated() if complete(message) and not message.fuzzy}
    missing = [
        f"{place} {text!r}" for (context, text), place in sorted(said().items(), key=str) if (context, text) not in have
    ]
    assert not missing, f"{len(missing)} without Czech:\n" + "\n".join(missing)


def test_no_czech_is_fuzzy_or_half_done():
    bad = [f"{file}: {key_of(m)[1]!r}" for file, m in translated() if m.fuzzy or not complete(m)]
    assert not bad, "\n".join(bad)


def test_no_czech_outlives_its_english():
    alive = set(said())
    dead = [f"{file}: {key_of(m)[1]!r}" for file, m in translated() if key_of(m) not in alive]
    assert not dead, "\n".join(dead)


def test_two_files_say_the_same_of_one_word():
    said_as = defaultdict(dict)
    for file, message in translated():
        said_as[key_of(message)][file] = str(message.string)
    split = [f"{key[1]!r}: {by_file}" for key, by_file in said_as.items() if len(set(by_file.values())) > 1]
    assert not split, "\n".join(split)


def test_czech_fills_in_the_same_values_as_english():
    wrong = []
    for file, message in translated():
        texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        english = message.id if isinstance(message.id, str) else message.id[1]
        wanted = set(VALUES.findall(english))
        for text in texts:
            if not set(VALUES.findall(text)) <= wanted or (
                isinstance(message.id, str) and set(VALUES.findall(text)) != wanted
            ):
                wrong.append(f"{file}: {english!r} → {text!r}")
    assert not wrong, "\n".join(wrong)


def test_one_word_per_concept():
    avoided = re.compile(r"\bpramen|\bprojekty? zast|\bsemafór|\bodvětv", re.IGNORECASE)
    found = [f"{file}: {m.string!r}" for file, m in translated() if avoided.search(str(m.string))]
    lists = [(name, code) for name in codes.names() for code in codes.code_list(name).codes.values()]
    found += [f"{name}: {code.cs}" for name, code in lists if avoided.search(code.cs)]
    assert not found, "\n".join(found)
    assert codes.fact_label("project", "sectors", "cs") == "Sektory"
