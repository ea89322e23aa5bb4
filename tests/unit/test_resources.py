"""The locator finds what ships with the program and refuses everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard import resources
from wireyard.resources import ResourceError, resource_names, resource_path, resource_root, resource_text


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for where the package was installed, with nothing in it."""
    package = tmp_path / "site" / "sub" / "wireyard"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE_DIR", package)
    resource_root.cache_clear()
    monkeypatch.setattr(resources, "resource_root", resource_root.__wrapped__)
    return package


def test_the_checkout_has_its_icons_and_themes() -> None:
    assert resource_path("icons/send.svg").is_file()
    assert "themes/dark.toml" in resource_names("themes", ".toml")


def test_a_wheel_or_frozen_build_keeps_them_inside_the_package(installation: Path) -> None:
    (installation / "_resources" / "icons").mkdir(parents=True)
    (installation / "_resources" / "icons" / "a.svg").write_text("<svg/>", encoding="utf-8")
    assert resource_text("icons/a.svg") == "<svg/>"


def test_a_checkout_keeps_them_beside_the_source_root(installation: Path) -> None:
    folder = installation.parent.parent / "resources"
    folder.mkdir()
    assert resources.resource_root() == folder


def test_an_installation_without_resources_says_so(installation: Path) -> None:
    with pytest.raises(ResourceError, match="Install it again"):
        resource_path("icons/send.svg")


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../pyproject.toml", "icons/../../pyproject.toml", "C:/x", "c:x", "icons\\send.svg", "", "."],
)
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    with pytest.raises(ResourceError, match="relative path"):
        resource_path(name)


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(ResourceError, match=r"icons/no-such\.svg"):
        resource_path("icons/no-such.svg")


def test_names_are_sorted_and_only_of_the_suffix() -> None:
    names = resource_names("icons", ".svg")
    assert names == sorted(names)
    assert all(name.endswith(".svg") for name in names)
