"""What ``wireyard export`` does: find the session, open what was meant, write it whole or not at all."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.output import open_output, output_failure
from wireyard.cli.say import say
from wireyard.domain.event import Event
from wireyard.domain.session import SessionInfo
from wireyard.exchange.errors import ExchangeError
from wireyard.exchange.importers.jsonl import JsonlLog
from wireyard.exchange.redact import Redaction
from wireyard.recording.catalogue import Catalogue
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.session.archive import ExportFormat, all_events, export_session, is_recording
from wireyard.session.whole_file import whole_file


def find_session(name: str, folder: Path) -> Path | None:
    """A file of this name, or the recording of a session's id or of what only one id begins with."""
    path = Path(name)
    if path.is_file():
        return path
    catalogue = Catalogue(folder)
    # Our ids have small letters only; those of logs from elsewhere may have any.
    found = catalogue.find(name) or catalogue.find(name.lower())
    return None if found is None else found.path


def export(path: Path, target: Path | None, form: ExportFormat, *, with_secrets: bool) -> None:
    """Write the session; a file appears only when it is complete. Raises `CommandError` after saying why."""
    redaction = Redaction(hide=not with_secrets)
    try:
        with _opened(path) as (info, events, secrets, marks), _whole(target) as sink:
            redaction.know(secrets)
            export_session(info, events, sink, form, redaction=redaction, marks=marks)
    except (RecordingError, ExchangeError) as error:
        say(f"wireyard: {path.name}: {error}" if isinstance(error, ExchangeError) else f"wireyard: {error}")
        raise CommandError(ExitCode.STORAGE) from error
    except BrokenPipeError:
        return
    except OSError as error:
        say(f"wireyard: {output_failure(target, error)}")
        raise CommandError(ExitCode.STORAGE) from error
    if redaction.hidden:
        say(f"Hidden: {', '.join(redaction.hidden)}. --with-secrets writes them.")


@contextmanager
def _opened(
    path: Path,
) -> Generator[tuple[SessionInfo, Iterator[tuple[int, Event]], tuple[str, ...], Mapping[int, str]]]:
    """The head of a session, its events, the values in it that are secret, and the marks of the events given so far."""
    if is_recording(path):
        reader = open_recording(path)
        try:
            yield reader.info, all_events(reader), reader.secrets(), reader.marks()
        finally:
            reader.close()
        return
    with path.open("rb") as stream:
        log = JsonlLog(stream)
        yield log.info, log.events(), log.secrets, log.marks
        for warning in log.warnings:
            say(f"wireyard: {path.name}: {warning}")


@contextmanager
def _whole(target: Path | None) -> Generator[BinaryIO]:
    """A file that takes the target's place only when all has been written; stdout as it is."""
    if target is None or (target.exists() and not target.is_file()):
        with open_output(target) as sink:
            yield sink
        return
    with whole_file(target) as file:
        yield file
