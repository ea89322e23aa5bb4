"""What is selected can be seen without its colour in high contrast; the fields of Qt's own file dialog have frames."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QMenu, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look, Scheme
from wireyard.gui.widgets.chosen import fill_chosen

SCHEMES = ("light", "dark", "contrast-light", "contrast-dark")


def line_of(image: QImage, y: int) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width() // 3, image.width() * 2 // 3)}


def is_outlined(look: Look, widget: QWidget, row: QRectF) -> bool:
    """Whether a line in the colour of text runs along the top of a row."""
    image = widget.grab().toImage()
    return any(line_of(image, round(row.top()) + step) == {look.hex("text.1")} for step in range(3))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_row_of_a_table_is_outlined_in_high_contrast_alone(look: Look, scheme: Scheme) -> None:
    look.set_scheme(scheme)
    image = QImage(60, 32, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    fill_chosen(painter, look, QRectF(0, 0, 60, 32), is_first=True, is_last=True)
    painter.end()
    lines = [look.hex("text.1") in line_of(image, y) for y in (0, 1, 16, 29, 30, 31)]
    assert lines == ([True, True, False, False, True, True] if scheme.startswith("contrast") else [False] * 6)
    assert line_of(image, 16) == {look.hex("bg.selected")}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_entry_of_a_list_is_outlined_in_high_contrast_alone(
    look: Look, window: QWidget, qtbot: QtBot, scheme: Scheme
) -> None:
    look.set_scheme(scheme)
    entries = QListWidget(window)
    entries.setProperty("nav", "1")
    entries.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    entries.addItems(["", ""])
    entries.setCurrentRow(1)
    entries.show()
    row = QRectF(entries.visualItemRect(entries.item(1)))
    assert is_outlined(look, entries.viewport(), row) == scheme.startswith("contrast")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_entry_of_a_menu_is_outlined_in_high_contrast_alone(
    look: Look, window: QWidget, qtbot: QtBot, scheme: Scheme
) -> None:
    look.set_scheme(scheme)
    menu = QMenu(window)
    menu.addAction("              ")
    menu.addAction("              ")
    menu.popup(window.mapToGlobal(window.rect().topLeft()))
    menu.setActiveAction(menu.actions()[1])
    row = QRectF(menu.actionGeometry(menu.actions()[1]))
    assert is_outlined(look, menu, row) == scheme.startswith("contrast")
    menu.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_qts_own_file_dialog_shows_where_its_fields_are(
    look: Look, window: QWidget, qtbot: QtBot, tmp_path: Path, scheme: Scheme
) -> None:
    look.set_scheme(scheme)
    dialog = QFileDialog(window, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    qtbot.waitExposed(dialog)
    (field,) = [each for each in dialog.findChildren(QLineEdit) if each.objectName() == "fileNameEdit"]
    (tree,) = [each for each in dialog.findChildren(QTreeView) if each.objectName() == "treeView"]
    tree.setFocus()
    field_edge = field.grab().toImage().pixelColor(field.width() // 2, 0).name()
    assert field_edge == look.hex("border.2")
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.grab().toImage().pixelColor(field.width() // 2, 1).name() == look.hex("focus.ring")
    dialog.close()
