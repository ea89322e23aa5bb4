"""Variables in an editor: the list after ``{{``, what is said when a chip is pointed at, and the way to its definition.

It stands beside the editor and listens; the editor only paints the chips (`variable_chips`).
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QMenu, QPlainTextEdit, QToolTip

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_chips import Chip, chip_at, chip_at_caret, tip_of
from wireyard.gui.widgets.variable_offers import OfferModel, OfferPainter, offers_for
from wireyard.gui.widgets.variable_source import NoVariables, VariableSource

_MOST_SHOWN = 9
_WIDTH = 420
# What was begun before the caret, and what of it stands after: "{{ ho|st }}".
_BEGUN = re.compile(r"(?P<slashes>\\*)\{\{[ \t]*(?P<typed>\$?[\w.-]*)\Z")
_REST = re.compile(r"[\w.-]*[ \t]*\}\}")
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_OPENING = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Space)


class VariableAssistant(QObject):
    """``define_requested`` carries a name that a person wants to give a value, or to look at."""

    define_requested = Signal(str)

    def __init__(self, look: Look, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._look = look
        self._edit = edit
        self.source: VariableSource = NoVariables()
        self._model = OfferModel(self)
        # Made when there is something to offer first: a form of many fields would pay for as many lists.
        self._popup: QListView | None = None
        self._completer: QCompleter | None = None
        self._is_typing = False
        edit.installEventFilter(self)
        edit.viewport().installEventFilter(self)
        edit.textChanged.connect(self._on_text_changed)
        edit.cursorPositionChanged.connect(self._on_caret_moved)

    @property
    def is_offering(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    @property
    def offered(self) -> list[str]:
        """The names in the list."""
        return [offer.name for offer in self._model.offers] if self.is_offering else []

    @property
    def popup(self) -> QListView:
        """The list, made now if need be."""
        return self._list()[0]

    def open(self) -> None:
        """Offer what fits at the caret, or everything where nothing was begun."""
        if not self._edit.isReadOnly():
            self._offer(self._typed() or "")

    def take(self, name: str) -> None:
        """Put a variable in at the caret, in place of what was begun there, and close its braces."""
        cursor = self._edit.textCursor()
        before, after = self._around()
        begun = _BEGUN.search(before)
        rest = _REST.match(after) if begun is not None else None
        cursor.beginEditBlock()
        if begun is not None:
            start = cursor.position() - _units(begun["typed"])
            cursor.setPosition(start + _units(begun["typed"]) + (_units(rest[0]) if rest else 0))
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(name + "}}")
        else:
            cursor.insertText("{{" + name + "}}")
        cursor.endEditBlock()
        self._edit.setTextCursor(cursor)
        self._hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._popup is not None and watched is self._popup:
            return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_popup_key(event)
        if isinstance(event, QHelpEvent) and watched is self._edit.viewport():
            return self._on_pointed(event)
        if isinstance(event, QContextMenuEvent) and watched is self._edit.viewport():
            return self._on_menu(event)
        if isinstance(event, QKeyEvent) and event.keyCombination() == _OPENING:
            return self._on_opening_key(event)
        if watched is self._edit and event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            # Only what a person types opens the list, not a text that is put in or taken back.
            self._is_typing = not isinstance(event, QKeyEvent) or event.text().isprintable()
        return False

    def _on_opening_key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.open()
            return True
        return False

    def _on_popup_key(self, event: QKeyEvent) -> bool:
        if event.key() in _TAKING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            row = self.popup.currentIndex().row()
            if 0 <= row < len(self._model.offers):
                self.take(self._model.offers[row].name)
            self._hide()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._hide()
            return True
        return False

    @Slot()
    def _on_text_changed(self) -> None:
        is_typing, self._is_typing = self._is_typing, False
        typed = self._typed() if self._edit.hasFocus() and not self._edit.isReadOnly() else None
        if typed is None or not (is_typing or self.is_offering):
            self._hide()
        else:
            self._offer(typed)

    @Slot()
    def _on_caret_moved(self) -> None:
        if self.is_offering and self._typed() is None:
            self._hide()

    @Slot(str)
    def _on_activated(self, name: str) -> None:
        self.take(name)

    def _on_pointed(self, event: QHelpEvent) -> bool:
        found = chip_at(self._edit, self._look, event.pos())
        if found is None:
            return False
        chip, box = found
        QToolTip.showText(event.globalPos(), tip_of(chip.name, self.source), self._edit.viewport(), box.toRect())
        return True

    def _on_menu(self, event: QContextMenuEvent) -> bool:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        found = chip_at(self._edit, self._look, event.pos()) if by_mouse else None
        chip = found[0] if found else None if by_mouse else chip_at_caret(self._edit)
        if chip is None or chip.name.startswith("$"):
            return False
        menu = self.menu_for(chip)
        menu.popup(event.globalPos())
        return True

    def menu_for(self, chip: Chip) -> QMenu:
        """The editor's own menu, with a way to the variable's definition on top."""
        menu = self._edit.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = self.source.lookup(chip.name) is not None
        words = self.tr("Edit {0}…") if known else self.tr("Define {0}…")
        first = menu.actions()[0] if menu.actions() else None
        action = menu.addAction(words.format("{{" + chip.name + "}}"))
        action.triggered.connect(lambda: self.define_requested.emit(chip.name))
        if first is not None:
            menu.removeAction(action)
            menu.insertAction(first, action)
            menu.insertSeparator(first)
        return menu

    def _offer(self, typed: str) -> None:
        offers = offers_for(self.source, typed)
        self._model.show(offers)
        if not offers:
            self._hide()
            return
        look = self._look
        popup, completer = self._list()
        popup.setFont(look.font("mono"))
        caret = self._edit.cursorRect()
        # The completer counts from the editor's own corner, the caret from its viewport's.
        caret.translate(self._edit.viewport().pos())
        left = min(caret.left(), max(0, self._edit.width() - look.px(_WIDTH)))
        # Above and below it leaves the line of the caret free, with a little air.
        air = look.px(4)
        completer.complete(QRect(left, caret.top() - air, look.px(_WIDTH), caret.height() + 2 * air))
        popup.setCurrentIndex(popup.model().index(0, 0))

    def _hide(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _typed(self) -> str | None:
        """What was typed of a name after two braces that are not escaped; nothing where none was begun."""
        begun = _BEGUN.search(self._around()[0])
        return None if begun is None or len(begun["slashes"]) % 2 else begun["typed"]

    def _around(self) -> tuple[str, str]:
        cursor = self._edit.textCursor()
        units = cursor.block().text().encode("utf-16-le", "surrogatepass")
        at = 2 * cursor.positionInBlock()
        before, after = units[max(0, at - 2048) : at], units[at : at + 1024]
        return before.decode("utf-16-le", "replace"), after.decode("utf-16-le", "replace")

    def _list(self) -> tuple[QListView, QCompleter]:
        if self._popup is None or self._completer is None:
            self._popup = QListView()
            self._completer = self._make_completer(self._popup)
        return self._popup, self._completer

    def _make_completer(self, popup: QListView) -> QCompleter:
        completer = QCompleter(self._model, self)
        completer.setWidget(self._edit)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST_SHOWN)
        popup.setAccessibleName(self.tr("Variables"))
        popup.setUniformItemSizes(True)
        popup.setProperty("popup", "1")
        completer.setPopup(popup)
        # The completer gives its popup a painter of its own.
        popup.setItemDelegate(OfferPainter(self._look, self._model))
        popup.installEventFilter(self)
        completer.activated.connect(self._on_activated)
        return completer


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
