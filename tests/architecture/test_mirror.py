"""The tests mirror the program: a module with behaviour is tested in a file of its name, or is a part of one that is.

A part is a module that another module of the same package imports; what it does shows in the tests of the whole.
"""

from __future__ import annotations

import ast
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app" / "wireyard"
TESTS = ROOT / "tests"

# Modules that are tested through another file, which is named beside each.
TESTED_ELSEWHERE: dict[str, str] = {
    "wireyard.gui.dialogs": "tests/gui/window/test_opening.py",
    "wireyard.gui.memory": "tests/gui/window/test_closing.py",
    "wireyard.gui.tabs.log_tab": "tests/gui/window/test_opening.py",
    "wireyard.gui.tabs.welcome_tab": "tests/gui/test_first_message.py",
}


def _has_behaviour(path: Path) -> bool:
    """Whether the module has a function or a method; a file of types and constants has nothing to test."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return path.name != "__init__.py" and any(not _is_declaration(function) for function in functions)


def _is_declaration(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function is a protocol's: nothing but a docstring or an ellipsis."""
    return all(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in function.body)


def _module_name(path: Path) -> str:
    """The dotted name of a file of the program."""
    return ".".join(("wireyard", *path.relative_to(APP).with_suffix("").parts))


def _is_tested_by_name(path: Path) -> bool:
    """Whether there is a test file of the module's name, in the place that mirrors its own."""
    room, name = path.relative_to(APP).parent, f"test_{path.stem}.py"
    in_window = room.relative_to("gui") if room.parts[:1] == ("gui",) else room
    places = (TESTS / "unit" / room, TESTS / "gui" / in_window, TESTS / "integration" / room, TESTS / "e2e")
    return any((place / name).exists() for place in places)


def _untested() -> list[str]:
    """The names of the modules that nothing tests."""
    paths = {_module_name(path): path for path in sorted(APP.rglob("*.py"))}
    graph = grimp.build_graph("wireyard", cache_dir=None)
    tested = {name for name, path in paths.items() if _is_tested_by_name(path)} | set(TESTED_ELSEWHERE)
    waiting = list(tested)
    while waiting:
        whole = waiting.pop()
        siblings = graph.find_modules_directly_imported_by(whole) if whole in graph.modules else set[str]()
        package = whole.rpartition(".")[0]
        parts = {name for name in siblings if name.rpartition(".")[0] == package} - tested
        tested |= parts
        waiting += parts
    return [name for name, path in paths.items() if name not in tested and _has_behaviour(path)]


def test_every_module_with_behaviour_is_tested() -> None:
    assert _untested() == []


def test_the_exceptions_are_needed_and_name_a_test_that_is_there() -> None:
    for module, test in TESTED_ELSEWHERE.items():
        path = APP.joinpath(*module.split(".")[1:]).with_suffix(".py")
        assert path.exists(), module
        assert (ROOT / test).exists(), test
        assert not _is_tested_by_name(path), module


def test_every_folder_of_unit_tests_mirrors_a_room() -> None:
    folders = {path.parent.relative_to(TESTS / "unit") for path in (TESTS / "unit").rglob("test_*.py")}
    assert [folder for folder in sorted(folders) if not (APP / folder).is_dir()] == []
