"""The menus of the collections' head: what can be made, and which workspace is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.library import Library
from wireyard.gui.sidebar.tree_menu import with_keys, words_of

_MAX_RECENT = 9


class _Menu(QMenu):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(self, text: str, act: Callable[[], object], tip: str = "") -> None:
        def triggered(_checked: bool = False) -> None:
            act()

        action = self.addAction(text.replace("&", "&&"))
        action.setToolTip(tip or text)
        action.triggered.connect(triggered)


class NewMenu(_Menu):
    """``chosen`` carries the name of an action of `TreeActions`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for name in ("new_request", "new_folder", "new_collection"):
            self.add(with_keys(name, words_of(name)), partial(self.chosen.emit, name))


class WorkspaceMenu(_Menu):
    """Other workspaces, the folder of this one, and all rows at once."""

    open_asked = Signal()
    workspace_chosen = Signal(str)
    all_asked = Signal(bool)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        root = library.root
        self.setToolTipsVisible(True)
        if library.tree is not None and library.tree.items:
            self.add(self.tr("Expand all"), partial(self.all_asked.emit, True))
            self.add(self.tr("Collapse all"), partial(self.all_asked.emit, False))
            self.addSeparator()
        if root is not None:
            self.add(self.tr("Show in file manager"), partial(_open, root))
        self.add(self.tr("Open workspace…"), self.open_asked.emit)
        others = [known.path for known in library.recent if root is None or known.path != str(root)]
        if others:
            self.addSeparator()
            for path in others[:_MAX_RECENT]:
                self.add(self.tr("Open “{0}”").format(Path(path).name), partial(self.workspace_chosen.emit, path), path)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
