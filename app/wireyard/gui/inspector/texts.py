"""Makes the texts that the two text views show of a payload, and has them coloured."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from wireyard.formats import sizes
from wireyard.formats.highlight import Language, MarkupHighlighter
from wireyard.formats.xml_text import MAX_BYTES
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.colors import MarkupColors, json_colors, raw_json_colors
from wireyard.gui.inspector.document import AT_ONCE_BYTES, Document
from wireyard.gui.inspector.kinds import Kind, markup_of
from wireyard.gui.inspector.pretty import MarkupFault, pretty_at_once, write_markup, write_pretty
from wireyard.gui.inspector.source import GrowingSource
from wireyard.gui.jobs import Job, Jobs


class Texts(QObject):
    """Fills one view with Pretty, the other with Raw. ``told`` hears what a reader should know of the text."""

    def __init__(
        self, pretty_view: CodeView, raw_view: CodeView, jobs: Jobs, told: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pretty_view = pretty_view
        self._raw_view = raw_view
        self._jobs = jobs
        self._told = told
        self._pretty_job: Job | None = None
        self._highlighters: dict[Language, MarkupHighlighter] = {}

    def show_pretty(self, payload: bytes, kind: Kind) -> str:
        """Lay a payload out; gives back why a small one can't be."""
        language = markup_of(kind)
        if language is not None:
            self._show_markup(payload, language)
            return ""
        if len(payload) <= AT_ONCE_BYTES:
            text, fault = pretty_at_once(payload)
            if not fault:
                self._pretty_view.set_document(Document.of(text, json_colors, has_guides=True))
            return fault
        source = GrowingSource()
        self._pretty_view.set_document(
            Document(source, lambda: source, is_complete=False, highlight=json_colors, has_guides=True)
        )
        self._pretty_job = self._jobs.start(
            "pretty", lambda job: write_pretty(job, payload, source), self._on_json_written
        )
        return ""

    def show_raw(self, document: Document, kind: Kind, *, is_colored: bool) -> None:
        """Show a payload as it came."""
        self._raw_view.set_document(document)
        language = markup_of(kind)
        if is_colored and language is not None:
            self._color(self._raw_view, language)
        elif is_colored and kind == "json":
            self._raw_view.set_highlight(raw_json_colors)

    def forget(self) -> None:
        """Let go of what is being made."""
        if self._pretty_job is not None:
            self._pretty_job.cancel()
            self._pretty_job = None

    def _show_markup(self, payload: bytes, language: Language) -> None:
        source = GrowingSource()
        self._pretty_view.set_document(Document(source, lambda: source, is_complete=False, has_guides=True))
        self._color(self._pretty_view, language)
        self._pretty_job = self._jobs.start(
            "pretty", lambda job: write_markup(job, payload, language, source), self._on_markup_written
        )

    def _color(self, view: CodeView, language: Language) -> None:
        """Colour what a view shows. The first time a lexer has to be imported, which the window doesn't wait for."""
        highlighter = self._highlighters.get(language)
        if highlighter is not None:
            view.set_highlight(MarkupColors(highlighter))
            return
        document = view.document

        def color(made: MarkupHighlighter) -> None:
            self._highlighters[language] = made
            if view.document is document:
                view.set_highlight(MarkupColors(made))

        self._jobs.start("lexer", lambda _: MarkupHighlighter(language), color)

    def _on_json_written(self, fault: str) -> None:
        """Say where a large payload stops being JSON; what came before it is shown by now, and stays."""
        if fault:
            self._told(self.tr("Not valid JSON: {0}").format(fault))

    def _on_markup_written(self, fault: MarkupFault) -> None:
        if fault == "too large":
            self._told(self.tr("Shown as it came: larger than {0}").format(sizes.size(MAX_BYTES)))
        elif fault == "unpaired":
            self._told(self.tr("Shown as it came: its tags do not pair up"))
