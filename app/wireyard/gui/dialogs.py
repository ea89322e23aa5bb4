"""File dialogs that don't hold up the loop: each opens at once and calls back with the path that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

OnPath = Callable[[Path], object]


def ask_where_to_save(parent: QWidget, title: str, name: str, on_path: OnPath) -> QFileDialog:
    """Ask for a file to write; an existing one is asked about by the dialog itself."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return _open(dialog, on_path)


def ask_for_file(parent: QWidget, title: str, filters: list[str], on_path: OnPath) -> QFileDialog:
    """Ask for a file to read."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    return _open(dialog, on_path)


def ask_for_folder(parent: QWidget, title: str, on_path: OnPath) -> QFileDialog:
    """Ask for a folder."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, on_path)


def _open(dialog: QFileDialog, on_path: OnPath) -> QFileDialog:
    def chosen(path: str) -> None:
        on_path(Path(path))

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
