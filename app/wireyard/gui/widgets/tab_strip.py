"""The strip of request tabs: a painted tab bar, a button for a new tab, and a list of all tabs when they don't fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QSizePolicy, QWidget, QWidgetAction

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.search_opener import SearchOpener
from wireyard.gui.widgets.tab_bar import TAB_HEIGHT, TabBar, TabFacts

_LEFT = 8
_BUTTON = 28
_WIDE = 720


class TabStrip(QFrame):
    """Tabs with their states. It closes and opens nothing itself: it tells what was asked for.

    ``moved`` carries the old and the new place of a tab that was dragged; its page has to follow. ``kept`` carries one
    that was clicked twice, ``menu_asked`` one with the place for its menu, ``dragged_out`` one that was let go outside,
    with the place on the screen.
    """

    selected = Signal(int)
    close_requested = Signal(int)
    new_requested = Signal()
    moved = Signal(int, int)
    kept = Signal(int)
    menu_asked = Signal(int, QPoint)
    dragged_out = Signal(int, QPoint)
    search_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.bar = TabBar(look, self)
        self._new = IconButton(look, "plus", self.tr("New tab"), shortcut="Ctrl+T", size=_BUTTON, parent=self)
        self._list = IconButton(look, "chevron-down", self.tr("All tabs"), size=_BUTTON, parent=self)
        self._opener: SearchOpener | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.currentChanged.connect(self.selected)
        self.bar.close_requested.connect(self.close_requested)
        self.bar.tabMoved.connect(self.moved)
        self.bar.kept.connect(self.kept)
        self.bar.menu_asked.connect(self.menu_asked)
        self.bar.dragged_out.connect(self.dragged_out)
        self.bar.layout_changed.connect(self._arrange)
        self._new.clicked.connect(self.new_requested)
        self._list.clicked.connect(self._on_list_clicked)
        look.changed.connect(self._fit)
        self._fit()

    def show_opener(self, text: str, keys: str) -> None:
        """Have a button at the right end that emits ``search_requested``."""
        self._opener = SearchOpener(self._look, text, keys, self)
        self._opener.clicked.connect(self.search_requested)
        self._opener.show()
        self._arrange()

    @property
    def count(self) -> int:
        return self.bar.count()

    @property
    def current(self) -> int:
        return self.bar.currentIndex()

    def add_tab(self, facts: TabFacts) -> int:
        """Add a tab at the end and answer its place; it isn't selected."""
        return self.bar.add(facts)

    def remove_tab(self, index: int) -> None:
        self.bar.removeTab(index)

    def show_tab(self, index: int, facts: TabFacts) -> None:
        """Show other facts on a tab."""
        self.bar.show_facts(index, facts)

    def facts(self, index: int) -> TabFacts:
        return self.bar.facts(index)

    def select(self, index: int) -> None:
        self.bar.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.new_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg.app"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("border"))

    @Slot()
    def _on_list_clicked(self) -> None:
        menu = TabListMenu(self._look, tuple(self.bar.facts(index) for index in range(self.count)), self)
        menu.chosen.connect(self.select)
        menu.popup(self._list.mapToGlobal(QPoint(0, self._list.height())))

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self._look.px(TAB_HEIGHT))
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Tabs from the left, then the new-tab button; the list button only when tabs are out of sight."""
        look = self._look
        left, side, gap = look.px(_LEFT), look.px(_BUTTON), look.px(6)
        wanted = self.bar.wanted_width()
        room = max(0, self.width() - self._arrange_opener() - left - side - 2 * gap)
        is_tight = wanted > room
        if is_tight:
            room -= side + gap
        width = min(wanted, room)
        self.bar.setGeometry(left, 0, width, self.height())
        y = look.px(26) - side // 2
        self._new.move(left + width + gap, y)
        self._list.move(left + width + side + 2 * gap, y)
        self._list.setVisible(is_tight)

    def _arrange_opener(self) -> int:
        """Put the opener at the right end; the width that it takes."""
        opener, look = self._opener, self._look
        if opener is None:
            return 0
        opener.set_narrow(self.width() < look.px(_WIDE))
        x = self.width() - opener.width() - look.px(16)
        opener.move(x, look.px(26) - opener.height() // 2 - look.px(4))
        return self.width() - x + look.px(2)


class TabListMenu(QMenu):
    """All tabs by name, with a field that narrows the list as one types."""

    chosen = Signal(int)

    def __init__(self, look: Look, tabs: tuple[TabFacts, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search tabs"))
        self.search.setAccessibleName(self.tr("Search tabs"))
        self.search.setProperty("boxed", "1")
        self.search.setMinimumWidth(look.px(260))
        holder = QWidgetAction(self)
        holder.setDefaultWidget(self.search)
        self.addAction(holder)
        self._items: list[QAction] = []
        for index, facts in enumerate(tabs):
            action = self.addAction(facts.title.replace("&", "&&"))
            action.setData(index)
            action.triggered.connect(self._on_triggered)
            self._items.append(action)
        self._nothing = QWidgetAction(self)
        self._nothing.setDefaultWidget(QLabel(self.tr("No tab with this name"), margin=look.px(8)))
        self._nothing.setVisible(False)
        self.addAction(self._nothing)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_enter)
        self.aboutToShow.connect(self.search.setFocus)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.casefold().strip()
        for action in self._items:
            action.setVisible(wanted in action.text().replace("&&", "&").casefold())
        self._nothing.setVisible(not any(action.isVisible() for action in self._items))

    @Slot()
    def _on_enter(self) -> None:
        first = next((action for action in self._items if action.isVisible()), None)
        if first is not None:
            first.trigger()
        self.close()

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())
