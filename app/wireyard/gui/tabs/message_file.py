"""The file that a tab's message is: chosen in a dialog or dropped on the composer, sent as it is or put in as text."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.bridge import Tasks
from wireyard.gui.composer.draft import Draft
from wireyard.gui.composer.editor import MOST_CHARS
from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.dialogs import ask_for_file
from wireyard.gui.library import Library
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.files import read_file, sent_path


class MessageFile(QObject):
    """``noticed`` carries a sentence for a toast. A file that a person chooses may be anywhere."""

    noticed = Signal(str)

    def __init__(self, library: Library, tab: QWidget, tasks: Tasks, composer: ComposerPanel) -> None:
        super().__init__(tab)
        self._library = library
        self._tab = tab
        self._tasks = tasks
        self._composer = composer
        composer.file_asked.connect(self.ask)
        composer.file_dropped.connect(self.ask_how)

    @Slot()
    def ask(self) -> None:
        """Let a person choose a file."""
        dialog = ask_for_file(self._tab, self.tr("Send a file"), ["*"], self.choose)
        if self._library.root is not None:
            dialog.setDirectory(str(self._library.root))

    def choose(self, path: Path) -> None:
        """Have this file for the message."""
        if self._composer.is_dirty:
            self._composer.history.add(self._composer.draft())
        name = sent_path(self._library.root, path)
        self._composer.set_draft(Draft("text", "", Opcode.BINARY, name, is_chosen=True))

    @Slot(Path)
    def ask_how(self, path: Path) -> None:
        """Ask what a file that was dropped is for."""
        menu = self.menu(path)
        menu.popup(QCursor.pos())

    def menu(self, path: Path) -> QMenu:
        """What can be done with a file."""
        menu = QMenu(self._tab)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Send “{0}” as it is").format(path.name), partial(self.choose, path))
        menu.addAction(self.tr("Insert its text"), partial(self.insert, path))
        menu.addSeparator()
        menu.addAction(self.tr("Cancel"))
        return menu

    def insert(self, path: Path) -> None:
        """Put the text of a file where the caret is."""
        self._tasks.spawn(self._insert(path))

    async def _insert(self, path: Path) -> None:
        try:
            data = await asyncio.to_thread(read_file, None, str(path), chosen=True)
            text = data.decode()
        except PlanError as error:
            self.noticed.emit(str(error))
        except UnicodeDecodeError:
            self.noticed.emit(self.tr("{0} is no text: send it as a file.").format(path.name))
        else:
            if len(text) > MOST_CHARS:
                self.noticed.emit(self.tr("{0} is too large to be edited: send it as a file.").format(path.name))
            else:
                self._composer.insert_text(text)
