"""Every module with behaviour of its own has a test file of its own, found by its name."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app" / "wireyard"
TESTS = ROOT / "tests"

# Modules whose behaviour is seen through another file's tests, which is named beside each.
TESTED_ELSEWHERE: dict[str, str] = {}


def _has_behaviour(path: Path) -> bool:
    """Whether the module has a function or a method; a file of types and constants has nothing to test."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name == "__init__.py":
        return False
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(not _is_declaration(function) for function in functions)


def _is_declaration(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function is a protocol's: nothing but a docstring or an ellipsis."""
    return all(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in function.body)


def _test_files(module: Path) -> list[Path]:
    """The places where the module's tests may be, those that mirror its room first."""
    room, name = module.parent, f"test_{module.stem}.py"
    in_room = room.relative_to("gui") if room.parts[:1] == ("gui",) else room
    places = [TESTS / "unit" / room, TESTS / "gui" / in_room, TESTS / "gui" / room, TESTS / "integration" / room]
    return [place / name for place in places]


def test_every_module_with_behaviour_has_its_tests() -> None:
    modules = [path.relative_to(APP) for path in sorted(APP.rglob("*.py")) if _has_behaviour(path)]
    untested = [
        module.as_posix()
        for module in modules
        if module.as_posix() not in TESTED_ELSEWHERE and not any(path.exists() for path in _test_files(module))
    ]
    assert untested == []


def test_the_exceptions_are_needed_and_name_a_test_that_is_there() -> None:
    for module, test in TESTED_ELSEWHERE.items():
        assert (APP / module).exists(), module
        assert (ROOT / test).exists(), test
        assert not any(path.exists() for path in _test_files(Path(module))), module
