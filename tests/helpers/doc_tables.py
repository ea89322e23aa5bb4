"""Tables of the documents that are made from the program. ``python tests/helpers/doc_tables.py`` writes them anew."""

from __future__ import annotations

from pathlib import Path

from wireyard.gui.commands import COMMANDS, GROUPS
from wireyard.settings.rows import Row, topics
from wireyard.workspace.variables.dynamic import DYNAMIC

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN = "<!-- made by tests/helpers/doc_tables.py: do not edit -->"
END = "<!-- end -->"
_LARGE = 1_000_000  # from here on "g" would round


def keys_table() -> str:
    """All keys, by group, as Markdown."""
    lines: list[str] = []
    for group in GROUPS:
        lines += [f"## {group}", "", "| Action | Keys |", "|---|---|"]
        for command in COMMANDS:
            if command.group == group and command.keys:
                keys = ", ".join(f"`{_pressed(key)}`" for key in command.keys)
                lines.append(f"| {command.text.removesuffix('…')} | {keys} |")
        lines.append("")
    return "\n".join(lines)


def settings_table() -> str:
    """All settings, by topic, as Markdown."""
    lines: list[str] = []
    for topic in topics():
        lines += [f"## {topic.title}", "", topic.help, "", "| Setting | Key in the file | Default | Allowed |"]
        lines.append("|---|---|---|---|")
        lines += [
            f"| **{row.title}**. {row.help} | `{row.key}` | {_default(row)} | {_allowed(row)} |" for row in topic.rows
        ]
        lines.append("")
    return "\n".join(lines)


def built_in_values_table() -> str:
    """All built-in values of variables, as Markdown."""
    lines = ["| Value | What it is | Example |", "|---|---|---|"]
    for value in DYNAMIC:
        spelled = f"{value.name} {value.arguments}".rstrip()
        lines.append(f"| `{{{{{spelled}}}}}` | {value.help} | `{value.example}` |")
    return "\n".join([*lines, ""])


TABLES = {"keys.md": keys_table, "settings.md": settings_table, "variables.md": built_in_values_table}


def with_table(page: str, table: str) -> str:
    """The page with this table between its marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def _pressed(key: str) -> str:
    return key.replace("Return", "Enter") if key != "Ctrl+Enter" else "Ctrl+Enter (keypad)"


def _default(row: Row) -> str:
    if isinstance(row.default, bool):
        return "on" if row.default else "off"
    return _value(row, row.default) or "empty"


def _allowed(row: Row) -> str:
    if row.kind == "switch":
        return "`true`, `false`"
    if row.choices:
        return ", ".join(f"`{choice.value}`" for choice in row.choices)
    if row.minimum is None or row.maximum is None:
        return "a folder" if row.kind == "folder" else "text"
    span = f"{_number(row.minimum)} to {_number(row.maximum)}"
    return f"{span}; 0: {row.off_label.lower()}" if row.off_label else span


def _value(row: Row, value: float | str) -> str:
    if isinstance(value, str):
        return f"`{value}`" if value else ""
    return f"{_number(value)} {row.unit}".strip()


def _number(value: float) -> str:
    return f"{value:g}" if value < _LARGE else f"{value:.0f}"


if __name__ == "__main__":
    for name, table in TABLES.items():
        path = DOCS / name
        path.write_text(with_table(path.read_text(encoding="utf-8"), table()), encoding="utf-8")
