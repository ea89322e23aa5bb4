"""Tries what the program does with a workspace: the requests that come with it, and both places for secrets."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

from smoke_program import Program, SmokeError

SAMPLE = "Local playground/Echo"
ENVIRONMENT = "Smoke"
PROBE = Path(__file__).with_name("smoke_probe.py")
# keyring's own way of saying: none at all. A machine may have a real one, which a try must not write to.
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
BACKENDS = {"SecretService", "KWallet", "libsecret", "macOS", "Windows"}


def try_samples(program: Program) -> str:
    """The first workspace has requests to try; they are listed, shown, and work."""
    listed = json.loads(program.run("list", "--json"))
    paths = [request["path"] for request in listed["requests"]]
    if SAMPLE not in paths or listed["problems"]:
        raise SmokeError(f"the samples are not there: {listed}")
    shown = program.run("show", SAMPLE, "--resolved")
    if "ws://127.0.0.1:" not in shown:
        raise SmokeError(f"the address was not resolved:\n{shown}")
    messages = _messages(program, SAMPLE, "--send-saved", "Hello")
    if [message["dir"] for message in messages] != ["send", "receive"] or messages[0]["text"] != messages[1]["text"]:
        raise SmokeError(f"the sample did not come back: {messages}")
    return f"{len(paths)} samples, “{messages[1]['text']}” came back"


def try_encrypted_secrets(program: Program) -> str:
    """A secret goes into the encrypted file and out again, and never into what is shown."""
    with_passphrase = {**NO_KEYRING, "WIREYARD_PASSPHRASE": "only for the smoke test"}
    tried = dataclasses.replace(program, more=with_passphrase)
    _try_secret(tried, "encrypted")
    sealed = tried.profile / "secrets.json"
    if not sealed.exists() or "hush encrypted" in sealed.read_text(encoding="utf-8"):
        raise SmokeError("the secret is not in the encrypted file, or not encrypted")
    return "sent, and hidden in the log"


def try_keyring(program: Program) -> str:
    """A secret goes into a keyring that the user's home names, and the program has all that real keyrings need."""
    folder = program.home / "keyring"
    folder.mkdir()
    shutil.copy(PROBE, folder / "wireyard_probe.py")
    text = f"[backend]\ndefault-keyring=wireyard_probe.Keyring\nkeyring-path={folder}\n"
    # Linux and macOS have it under XDG_CONFIG_HOME, Windows in the local data of programs.
    for place in (program.home / "xdg_config_home" / "python_keyring", program.home / "Python Keyring"):
        place.mkdir(parents=True)
        place.joinpath("keyringrc.cfg").write_text(text, encoding="utf-8")
    _try_secret(program, "keyring")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    missing = sorted(BACKENDS - set(report["keyring entry points"]))
    missing += [name for name in ("secret service", "yaml in C", "rapidfuzz in C++") if not report[name]]
    if missing:
        raise SmokeError(f"missing: {missing}; the program says: {report}")
    backends = ", ".join(name.removeprefix("keyring.backends.") for name in report["keyring backends"])
    return f"kept, sent, and hidden in the log; backends here: {backends}"


def _try_secret(program: Program, name: str) -> None:
    """Keep a secret, and record a request that sends it."""
    value = f"hush {name}"
    request = f"Smoke/{name}"
    program.run("env", "set", ENVIRONMENT, name, "--secret", "--create", typed=value)
    program.run("new", request, "ws://{{$localServer}}/echo", "--message", f"Hi=is {{{{{name}}}}}")
    messages = _messages(program, request, "-e", ENVIRONMENT, "--send-saved", "Hi")
    if len(messages) != 2 or messages[0]["len"] != len(f"is {value}"):
        raise SmokeError(f"the secret was not sent: {messages}")
    if value in json.dumps(messages):
        raise SmokeError(f"the log shows the secret: {messages}")
    shown = program.run("show", request, "-e", ENVIRONMENT, "--resolved", "--with-secrets")
    if value not in shown:
        raise SmokeError(f"the secret can't be read again:\n{shown}")


def _messages(program: Program, *arguments: str) -> list[dict[str, object]]:
    """Record a request until one message came, and give what went out and came in."""
    log = program.home / "smoke.jsonl"
    program.run("record", *arguments, "--count", "1", "--max-time", "20", "-o", str(log))
    records = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["kind"] == "message"]
