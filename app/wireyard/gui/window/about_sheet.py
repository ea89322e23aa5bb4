"""What this is, which version, under which licence, and whose work is in it."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import QSize, qVersion
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from wireyard import __version__
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

# What the program is handed out with, and what of it each system needs; docs/licences.md says the same.
PARTS = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("shiboken6", "LGPL-3.0"),
    ("qasync", "BSD-2-Clause"),
    ("websockets", "BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("PyYAML", "MIT"),
    ("tomlkit", "MIT"),
    ("truststore", "MIT"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("cffi", "MIT-0"),
    ("pycparser", "BSD-3-Clause"),
    ("keyring", "MIT"),
    ("SecretStorage", "BSD-3-Clause"),
    ("jeepney", "MIT"),
    ("pywin32-ctypes", "BSD-3-Clause"),
    ("jaraco.classes", "MIT"),
    ("jaraco.context", "MIT"),
    ("jaraco.functools", "MIT"),
    ("backports.tarfile", "MIT"),
    ("more-itertools", "MIT"),
    ("importlib_metadata", "Apache-2.0"),
    ("zipp", "MIT"),
    ("RapidFuzz", "MIT"),
    ("Pygments", "BSD-2-Clause"),
    ("rich", "MIT"),
    ("markdown-it-py", "MIT"),
    ("mdurl", "MIT"),
    ("click", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("fontpkg", "MIT"),
    ("lazy-importer", "Apache-2.0"),
    ("fontpkg-inter", "Inter, SIL Open Font License 1.1"),
    ("fontpkg-jetbrains-mono", "JetBrains Mono, SIL Open Font License 1.1"),
)


class AboutSheet(Sheet):
    """Versions and licences, to be copied into a report."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, self.tr("About Wireyard"), QSize(560, 460))
        page = Panel("bg.surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(Label(look, f"Wireyard {__version__}", "heading", selectable=True))
        purpose = self.tr("A workbench for people who work with WebSocket APIs. MIT licence.")
        column.addWidget(Label(look, purpose, "body", "text.2", wraps=True))
        base = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()}"
        column.addWidget(Label(look, base, "small", "text.2", selectable=True))
        column.addSpacing(8)
        column.addWidget(Label(look, self.tr("Made with"), "caption", "text.3"))
        lines = "\n".join(f"{name} {version} · {licence}" for name, licence in PARTS if (version := _version(name)))
        column.addWidget(Label(look, lines, "small", "text.2", selectable=True))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("About Wireyard"))
        scroll.setWidget(page)
        self.body.addWidget(scroll)
        close = Button(look, self.tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.footer.setContentsMargins(24, 12, 24, 12)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        close.setFocus()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
