"""Saving a request: into its file, into a new one, and what is asked where somebody else changed the file meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.conflict_sheet import ConflictSheet
from wireyard.gui.request.notices import Notices, Remedy
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.request.sealing import Sealing
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.services import Services
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.workspace.errors import Conflict, WorkspaceError

Then = Callable[[], object]
_TOPIC = "file"


class RequestSaving(QObject):
    """``saved`` carries the request's id after its file was written; ``noticed`` a sentence for a toast."""

    saved = Signal(str)
    noticed = Signal(str)

    def __init__(self, services: Services, tab: QWidget, document: RequestDocument, notices: Notices) -> None:
        super().__init__(document)
        self._services = services
        self._library = services.library
        self._tab = tab
        self._document = document
        self._notices = notices
        self._sealing = Sealing(services.library.secrets, document.draft, self)
        self._sealing.failed.connect(self._on_not_kept)
        self._sealing.place_wanted.connect(self._on_place_wanted)
        document.contested.connect(self._on_contested)
        document.lost.connect(self._on_lost)
        document.found.connect(self._on_found)
        document.unreadable.connect(self._on_unreadable)
        if document.trouble:
            self._on_unreadable(document.trouble)
        elif document.is_lost:
            self._on_lost()
        elif document.theirs is not None:
            self._on_contested(())

    def save(self, then: Then | None = None) -> None:
        """Write the request, after a question where one is due; ``then`` follows when it is written."""
        document = self._document
        if self._library.workspace is None:
            self.noticed.emit(self.tr("No workspace is open to save into."))
        elif not document.id or not document.has_place:
            self._ask_where(then)
        elif document.theirs is not None:
            self._ask_which(then)
        elif document.has_file and not document.is_dirty:
            self._done(then)
        else:
            self._write(then)

    def _write(self, then: Then | None) -> None:
        """Keep what is secret, then write the rest."""
        self._sealing.seal(self._document.id, lambda: self._write_file(then))

    def _write_file(self, then: Then | None) -> None:
        try:
            self._document.save()
        except Conflict as conflict:
            self._on_conflict(conflict, then)
        except WorkspaceError as error:
            self._tell(error)
        else:
            self._done(then)

    def _on_conflict(self, conflict: Conflict, then: Then | None) -> None:
        """The disk was quicker than our watching it."""
        if conflict.theirs is None:
            self._document.lose()
            self._write(then)
            return
        self._document.read_again()
        if self._document.theirs is not None:
            self._ask_which(then)
        else:
            self._write(then)  # others changed other parts: both go into the file

    def _done(self, then: Then | None) -> None:
        self.saved.emit(self._document.id)
        if then is not None:
            then()

    def _ask_where(self, then: Then | None) -> None:
        tree = self._library.tree
        sheet = SaveSheet(self._services.look, self._tab, tree, self._suggested())
        sheet.chosen.connect(partial(self._on_place_chosen, then))
        sheet.open()

    def _on_place_chosen(self, then: Then | None, parent: str, name: str, collection: str) -> None:
        try:
            folder = parent or self._library.create_collection(collection)
            self._sealing.seal_new(lambda: self._save_as(folder, name))
        except WorkspaceError as error:
            self._tell(error)
        else:
            self._done(then)

    def _save_as(self, folder: str, name: str) -> str:
        self._document.save_as(folder, name)
        return self._document.id

    def _ask_which(self, then: Then | None) -> None:
        theirs = self._document.theirs
        if theirs is None:
            return
        sheet = ConflictSheet(self._services.look, self._tab, self._document.name, self._document.draft.edited, theirs)
        sheet.mine_chosen.connect(partial(self._keep_mine, then))
        sheet.theirs_chosen.connect(partial(self._take_theirs, then))
        sheet.copy_chosen.connect(partial(self._save_copy, then))
        sheet.open()

    def _keep_mine(self, then: Then | None) -> None:
        self._document.keep_mine()
        self._write(then)

    def _take_theirs(self, then: Then | None = None) -> None:
        try:
            self._document.take_theirs()
        except WorkspaceError as error:
            self._tell(error)
        else:
            self._done(then)

    def _save_copy(self, then: Then | None) -> None:
        try:
            copy = self._sealing.seal_new(self._document.save_copy)
            self._document.take_theirs()
        except WorkspaceError as error:
            self._tell(error)
            return
        self.noticed.emit(self.tr("Saved as a copy: {0}").format(copy.rpartition("/")[2].removesuffix(".ws.yaml")))
        self._done(then)

    def _tell(self, error: WorkspaceError) -> None:
        self._notices.say(_TOPIC, self.tr("Not saved. {0}").format(error), tone="err")

    @Slot(str)
    def _on_not_kept(self, fault: str) -> None:
        self._notices.say(_TOPIC, self.tr("Not saved. {0}").format(fault), tone="err")

    @Slot(object)
    def _on_place_wanted(self, keep: Callable[[], None]) -> None:
        SecretPlaceSheet(self._services.look, self._tab, self._library.secrets, keep).open()

    @Slot(list)
    def _on_contested(self, names: Sequence[str]) -> None:
        self._notices.say(
            _TOPIC,
            self.tr("The file was changed outside, where it was changed here too. Your edits are kept."),
            remedies=[
                Remedy(self.tr("Compare…"), partial(self._ask_which, None)),
                Remedy(self.tr("Take theirs"), self._take_theirs),
                Remedy(self.tr("Keep mine"), self._document.keep_mine),
            ],
            may_dismiss=False,
        )

    @Slot()
    def _on_lost(self) -> None:
        self._notices.say(
            _TOPIC,
            self.tr("The file of this request is gone. What stands here is all there is: Save makes it again."),
            remedies=[Remedy(self.tr("Save"), self.save)],
            may_dismiss=False,
        )

    @Slot()
    def _on_found(self) -> None:
        self._notices.unsay(_TOPIC)

    @Slot(str)
    def _on_unreadable(self, words: str) -> None:
        self._notices.say(
            _TOPIC,
            self.tr("The file of this request can't be read: {0}").format(words),
            tone="err",
            remedies=[Remedy(self.tr("Save as…"), partial(self._ask_where, None))],
        )

    def _suggested(self) -> str:
        """A name to begin with: how the path of the address ends, else its host."""
        from wireyard.exchange.redact import redact_url
        from wireyard.gui.addresses import short_name

        short = short_name(redact_url(self._document.draft.address)).partition("?")[0].rstrip("/")
        return self._document.name or short.rpartition("/")[2] or short
