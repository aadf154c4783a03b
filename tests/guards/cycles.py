"""Modules that import each other in a circle."""

from __future__ import annotations

import grimp


def cycles(package: str) -> list[list[str]]:
    """The knots of a package: modules of which each reaches each other by imports, wherever in a module they stand.

    Imports for the type checker alone do not count. That a module makes Python load its package's `__init__` does not
    either: a package that imports its children is no knot until one of them imports from the package.
    """
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    onward = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    return sorted(knots(onward))


def knots(onward: dict[str, set[str]]) -> list[list[str]]:
    """The strongly connected parts of more than one, by Tarjan."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        path.append(module)
        for further in sorted(onward[module]):
            if further not in number:
                visit(further)
                lowest[module] = min(lowest[module], lowest[further])
            elif further in path:
                lowest[module] = min(lowest[module], number[further])
        if lowest[module] == number[module]:
            start = path.index(module)
            if len(path) - start > 1:
                found.append(sorted(path[start:]))
            del path[start:]

    for module in sorted(onward):
        if module not in number:
            visit(module)
    return found
