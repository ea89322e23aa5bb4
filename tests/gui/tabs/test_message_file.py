"""A file as the message, in the real window: chosen, dropped, changed meanwhile, kept over a restart, refused."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QUrl
from tests.helpers.dragging import drag_over, drop_on
from tests.helpers.scripted_server import serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace
from websockets.asyncio.server import ServerConnection

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.gui.widgets.state import ConnectionState

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0" + bytes(range(256))
REQUEST = "Orders/One.ws.yaml"


class Listener:
    def __init__(self) -> None:
        self.got: list[str | bytes] = []

    async def talk(self, connection: ServerConnection) -> None:
        async for message in connection:
            self.got.append(message)


def files_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))  # as a file manager does
    return data


def verdict(desk: Desk) -> str:
    return desk.tab.panes.composer.verdict.words


@windowed
async def test_a_file_from_anywhere_is_shown_sent_exactly_and_kept_over_a_restart(desk: Desk, tmp_path: Path) -> None:
    listener = Listener()
    picture = tmp_path / "{{pixel}}.png"
    picture.write_bytes(PNG)
    async with serving(listener.talk) as url:
        await desk.connect(url)
        desk.tab.file.ask()
        await desk.choose(picture)
        composer = desk.tab.panes.composer
        await desk.until(lambda: verdict(desk) == "285 B")
        assert composer.well.title == "{{pixel}}.png"
        assert composer.well.start.startswith("00000000  89 50 4e 47")
        assert any("PNG image 2 × 3" in text for text in desk.texts())
        desk.press("Ctrl+Return")
        await desk.until(lambda: listener.got == [PNG])
        assert not composer.is_dirty
        await desk.restart()
        await desk.until(lambda: verdict(desk) == "285 B")
        assert desk.tab.panes.composer.draft() == Draft("text", "", Opcode.BINARY, str(picture.resolve()), True)
        desk.press("Ctrl+Return")
        await desk.until(lambda: listener.got == [PNG, PNG])


@windowed
async def test_what_is_sent_is_the_file_as_it_is_then(desk: Desk, tmp_path: Path) -> None:
    listener = Listener()
    path = tmp_path / "words.txt"
    path.write_text("before")
    async with serving(listener.talk) as url:
        await desk.connect(url)
        desk.tab.file.choose(path)
        await desk.until(lambda: verdict(desk) == "6 B")
        path.write_text("what it is now")
        await desk.until(lambda: verdict(desk) == "14 B")
        assert desk.tab.panes.composer.well.start == "what it is now"
        path.unlink()
        await desk.until(lambda: verdict(desk) == "The file can't be read")
        desk.press("Ctrl+Return")
        await desk.until(lambda: any(f"{path} is not there." in text for text in desk.texts()))
        assert listener.got == []
        path.write_text("back")
        await desk.until(lambda: verdict(desk) == "4 B")
        desk.press("Ctrl+Return")
        await desk.until(lambda: listener.got == [b"back"])


@windowed
async def test_a_dropped_file_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("hé")
    desk.window.open_address("ws://127.0.0.1:1/")
    composer = desk.tab.panes.composer
    drop_on(composer.editor.viewport(), files_of(path), QPointF(5, 5))
    menu = desk.tab.file.menu(path)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Send “words.txt” as it is",
        "Insert its text",
        "Cancel",
    ]
    menu.actions()[1].trigger()
    await desk.until(lambda: composer.draft().text == "hé")
    menu.actions()[0].trigger()
    assert composer.draft().file == str(path.resolve())
    assert composer.history.drafts[-1].text == "hé"


@windowed
async def test_logs_and_several_files_are_the_windows(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_address("ws://127.0.0.1:1/")
    viewport = desk.tab.panes.composer.editor.viewport()
    for data in (files_of(tmp_path / "a.jsonl"), files_of(tmp_path / "a", tmp_path / "b")):
        assert not drag_over(viewport, data, QPointF(5, 5)).isAccepted()
    text = QMimeData()
    text.setText("words")
    drop_on(viewport, text, QPointF(5, 5))
    assert desk.tab.panes.composer.draft().text == "words"


@windowed
async def test_bytes_are_not_inserted_as_text(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "pixel.png"
    path.write_bytes(PNG)
    desk.window.open_address("ws://127.0.0.1:1/")
    desk.tab.file.insert(path)
    await desk.until_toast("pixel.png is no text")


@windowed
async def test_a_request_keeps_paths_inside_the_workspace_only(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("private")
    root = await open_workspace(
        desk, {"Orders/collection.yaml": "wireyard: 1\n", REQUEST: "wireyard: 1\nurl: ws://h\n"}
    )
    (root / "payloads").mkdir()
    (root / "payloads" / "a.bin").write_bytes(PNG)
    desk.window.open_request(REQUEST, "keep")
    desk.tab.file.choose(root / "payloads" / "a.bin")
    await desk.until(lambda: verdict(desk) == "285 B")
    assert desk.tab.panes.composer.draft().file == "payloads/a.bin"
    desk.tab.file.choose(outside)
    desk.press("Ctrl+Shift+S")
    await desk.until_toast("Only files inside the workspace are kept with a request: put a copy of outside.txt there")
    assert desk.tab.shelf.messages == ()


@windowed
async def test_a_workspace_from_elsewhere_reads_no_file_of_this_machine(desk: Desk, tmp_path: Path) -> None:
    listener = Listener()
    outside = tmp_path / "outside.txt"
    outside.write_text("private")
    async with serving(listener.talk) as url:
        message = f"messages:\n  - name: Steal\n    file: {outside}\n    send_as: binary\n"
        request = f"wireyard: 1\nurl: {url}\n{message}"
        await open_workspace(desk, {"Orders/collection.yaml": "wireyard: 1\n", REQUEST: request})
        desk.window.open_request(REQUEST, "connect")
        await desk.until_state(ConnectionState.OPEN)
        desk.tab.open_message(0)
        await desk.until(lambda: verdict(desk) == "The file can't be read")
        desk.press("Ctrl+Return")
        await desk.until(lambda: any("leads out of the workspace" in text for text in desk.texts()))
        desk.press("Alt+1")
        await desk.restart()
        await desk.until(lambda: verdict(desk) == "The file can't be read")
    assert listener.got == []
