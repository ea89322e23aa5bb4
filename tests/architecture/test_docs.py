"""The documents are true where that can be checked: tables, links, pictures, fields."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from tests.helpers.doc_tables import DOCS, TABLES, with_table

from wireyard.exchange import records

ROOT = Path(__file__).resolve().parents[2]
PICTURES = DOCS / "pictures"
MOST_PICTURE_BYTES = 200 * 1024
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]


def _anchors(page: Path) -> set[str]:
    """The names that headings have for links, as they are made on the web."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_of_the_program(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == with_table(page, TABLES[name]()), "run tests/helpers/doc_tables.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in _anchors(target), f"{page.name}: {link}"


def test_every_picture_is_shown_and_small() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in _links(page)}
    for picture in PICTURES.glob("*.png"):
        assert picture.resolve() in shown, f"{picture.name} is in no document"
        assert picture.stat().st_size <= MOST_PICTURE_BYTES, picture.name


def test_every_document_is_in_the_index() -> None:
    listed = {(DOCS / link).resolve() for link in _links(DOCS / "README.md")}
    assert set(DOCS.glob("*.md")) - listed == {DOCS / "README.md"}


@pytest.mark.parametrize("record", records.AnyRecord.__args__, ids=lambda record: record.__name__)
def test_the_fields_of_a_log_are_described(record: type[msgspec.Struct]) -> None:
    page = (DOCS / "json-lines.md").read_text(encoding="utf-8")
    for name in (record.__struct_config__.tag, *record.__struct_fields__):
        assert f"`{name}`" in page, name
