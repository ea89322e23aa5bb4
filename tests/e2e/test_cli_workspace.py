"""The command line on saved requests, as its users have it."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine, Finished
from tests.helpers.scripted_server import echo, serving

PASSPHRASE = {"WIREYARD_PASSPHRASE": "open sesame"}
SECRET = "hush-hush 42/ß"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A workspace in a folder of its own."""
    root = tmp_path / "team"
    (root / "Shop" / "Live").mkdir(parents=True)
    (root / "environments").mkdir()
    files = {
        "wireyard.yaml": "wireyard: 1\nname: Team\n",
        "Shop/collection.yaml": "headers:\n  - name: X-Tenant\n    value: '{{tenant}}'\nvariables:\n  tenant: acme\n",
        "Shop/Live/Orders.ws.yaml": "url: '{{base}}/orders'\nparams:\n  - name: since\n    value: '{{since}}'\n"
        'messages:\n  - name: Subscribe\n    body: \'{"id": "{{$uuid}}", "as": "{{token}}"}\'\n'
        "  - name: Raw\n    format: hex\n    send_as: binary\n    body: ff ad\n",
        "environments/local.yaml": "variables:\n  base: ws://nowhere.invalid\n  since: '1'\n",
        "environments/staging.yaml": "name: Staging\ninherits: local\nvariables:\n  token: {secret: true}\n",
    }
    for name, text in files.items():
        (root / name).write_text(text)
    return root


def expect(outcome: Finished, code: int, words: str = "") -> None:
    assert (outcome.code, words in outcome.stderr) == (code, True), outcome.stderr


def all_text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml"))


def sent(outcome: Finished) -> list[str]:
    return [each.get("text", "") for each in outcome.of_kind("message") if each["dir"] == "send"]


async def test_a_saved_request_is_recorded_with_its_environment_and_messages(wireyard: CommandLine, team: Path) -> None:
    async with serving(echo) as url:
        base = f"base={url.rstrip('/')}"
        outcome = await wireyard.run(
            *("record", "Shop/Live/Orders", "--workspace", str(team), "-e", "Staging", "--set", base),
            *("--set", "token=t1", "--send", "as {{tenant}}", "--send-saved", "Raw", "--send-saved", "Subscribe"),
            *("--seed", "7", "--count", "3"),
        )
        again = await wireyard.run(
            *("record", "Shop/Live/Orders", "--workspace", str(team), "-e", "Staging", "--set", base),
            *("--set", "token=t1", "--send-saved", "Subscribe", "--seed", "7", "--count", "1"),
        )
    expect(outcome, 0)
    opened = outcome.of_kind("open")[0]
    assert opened["request_target"] == "/orders?since=1"
    assert ["X-Tenant", "acme"] in opened["request_headers"]
    assert [sent(outcome)[0], sent(outcome)[1]] == ["as acme", ""]
    assert sent(outcome)[2] == sent(again)[0]
    assert outcome.records[0]["name"] == "Orders"
    (newest, _) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert newest["request"] == "Shop/Live/Orders.ws.yaml"


async def test_a_secret_is_kept_used_and_never_shown(wireyard: CommandLine, team: Path) -> None:
    wireyard.environment |= PASSPHRASE
    kept = await wireyard.run_with_input(
        f"{SECRET}\n".encode(), "env", "set", "Staging", "token", "--secret", "--workspace", str(team)
    )
    expect(kept, 0)
    async with serving(echo) as url:
        outcome = await wireyard.run(
            *("record", "Shop/Live/Orders", "--workspace", str(team), "-e", "staging"),
            *("--set", f"base={url.rstrip('/')}/{{{{token}}}}", "-H", "X-Key: {{token}}"),
            *("--send-saved", "Subscribe", "--send", "{{token}}", "--count", "2"),
        )
    expect(outcome, 0)
    text = outcome.stdout.decode() + outcome.stderr + (await wireyard.run("sessions", "--json")).stdout.decode()
    for spelled in (SECRET, "hush-hush", "42/", "42%2F"):
        assert spelled not in text
    # It was really sent.
    (session,) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    whole = await wireyard.run("export", session["id"], "-o", "-", "--with-secrets")
    assert [each["text"] for each in whole.of_kind("message") if each["dir"] == "receive"][1] == SECRET
    hidden = await wireyard.run("export", session["id"], "-o", "-")
    assert "hush-hush" not in hidden.stdout.decode()
    assert "hush-hush" not in all_text(team)


async def test_what_is_to_be_sent_on_opening_goes_first_and_its_secret_is_hidden(
    wireyard: CommandLine, team: Path
) -> None:
    wireyard.environment |= PASSPHRASE
    await wireyard.run_with_input(
        f"{SECRET}\n".encode(), "env", "set", "Staging", "token", "--secret", "--workspace", str(team)
    )
    request = team / "Shop" / "Live" / "Orders.ws.yaml"
    request.write_text(request.read_text() + "on_open:\n  - body: auth {{token}} {{$counter}}\n  - saved: Raw\n")
    async with serving(echo) as url:
        run = ("record", "Shop/Live/Orders", "--workspace", str(team), "-e", "staging", "--set", f"base={url}")
        outcome = await wireyard.run(*run, "--send", "hi", "--count", "3")
    expect(outcome, 0)
    auth, raw, hi = sent(outcome)
    assert (auth.startswith("auth "), auth.endswith(" 1"), raw, hi) == (True, True, "", "hi")
    assert SECRET not in outcome.stdout.decode() + outcome.stderr
    (session,) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert SECRET in (await wireyard.run("export", session["id"], "-o", "-", "--with-secrets")).stdout.decode()
    shown = await wireyard.run("show", "Shop/Live/Orders", "--workspace", str(team))
    assert "On opening   auth {{token}} {{$counter}}" in shown.stdout.decode()


async def test_a_message_for_the_opening_that_is_not_there_stops_it(wireyard: CommandLine, team: Path) -> None:
    request = team / "Shop" / "Live" / "Orders.ws.yaml"
    request.write_text(request.read_text() + "on_open:\n  - saved: Gone\n")
    where = ("--workspace", str(team), "-e", "local")
    expect(await wireyard.run("record", "Shop/Live/Orders", *where), 19, "“Gone”, which is to be sent on opening")


async def test_a_failure_does_not_tell_a_secret(wireyard: CommandLine, team: Path) -> None:
    wireyard.environment |= PASSPHRASE
    await wireyard.run_with_input(
        b"s3cr3t.invalid", "env", "set", "Staging", "token", "--secret", "--workspace", str(team)
    )
    outcome = await wireyard.run(
        *("record", "Shop/Live/Orders", "--workspace", str(team), "-e", "staging", "--set", "base=ws://{{token}}")
    )
    expect(outcome, 11, "could not be found")
    assert "s3cr3t" not in outcome.stderr + outcome.stdout.decode()


async def test_without_a_place_for_secrets_only_the_name_is_written_and_it_is_18(
    wireyard: CommandLine, team: Path
) -> None:
    outcome = await wireyard.run_with_input(
        b"hush-hush", "env", "set", "local", "token", "--secret", "--workspace", str(team)
    )
    expect(outcome, 18, "its value is kept nowhere")
    assert "WIREYARD_PASSPHRASE" in outcome.stderr
    text = (team / "environments" / "local.yaml").read_text()
    assert ("token" in text, "hush" in text + outcome.stderr) == (True, False)


async def test_a_passphrase_may_come_from_a_file_and_a_wrong_one_is_18(
    wireyard: CommandLine, team: Path, tmp_path: Path
) -> None:
    for name, passphrase in (("right", "open"), ("wrong", "closed")):
        (tmp_path / name).write_text(f"{passphrase}\n")
    where = ("--workspace", str(team))
    kept = await wireyard.run_with_input(
        b"v1\n", "env", "set", "staging", "token", "--secret", "--passphrase-file", str(tmp_path / "right"), *where
    )
    expect(kept, 0)
    show = ("show", "Shop/Live/Orders", "--resolved", "-e", "staging", "--with-secrets", "--json", *where)
    right = await wireyard.run(*show, "--passphrase-file", str(tmp_path / "right"))
    assert json.loads(json.loads(right.stdout)["messages"][0]["body"])["as"] == "v1"
    expect(await wireyard.run(*show, "--passphrase-file", str(tmp_path / "wrong")), 18, "passphrase is not the one")
    expect(await wireyard.run(*show, "--passphrase-file", str(tmp_path / "none")), 18, "can't be read")
    expect(await wireyard.run(*show), 18, "no keyring")


async def test_a_variable_without_a_value_is_19_and_nothing_is_dialled(wireyard: CommandLine, team: Path) -> None:
    outcome = await wireyard.run("record", "Shop/Live/Orders", "--workspace", str(team))
    expect(outcome, 19, "has no value, and no environment is chosen.")
    assert (outcome.stdout, json.loads((await wireyard.run("sessions", "--json")).stdout)) == (b"", [])


async def test_variables_work_in_an_address_when_they_are_asked_for(wireyard: CommandLine, team: Path) -> None:
    async with serving(echo) as url:
        outcome = await wireyard.run(
            *("record", "{{base}}/x", "--workspace", str(team), "--set", f"base={url.rstrip('/')}"),
            *("--send", "{{$randomInt 5 5}}", "--count", "1"),
        )
        typed = await wireyard.run("record", url, "--send", "{{$randomInt 5 5}}", "--count", "1")
    assert (outcome.code, sent(outcome)) == (0, ["5"])
    assert (typed.code, sent(typed)) == (0, ["{{$randomInt 5 5}}"])


async def test_the_default_workspace_is_made_with_requests_that_work(wireyard: CommandLine) -> None:
    listed = json.loads((await wireyard.run("list", "--json")).stdout)
    assert [each["path"].partition("/")[0] for each in listed["requests"]] == ["Local playground"] * 6
    outcome = await wireyard.run("record", "Local playground/Echo", "--send-saved", "An order", "--count", "1")
    expect(outcome, 0)
    assert outcome.of_kind("message")[0]["text"] == outcome.of_kind("message")[1]["text"]
    root = Path(listed["workspace"]["path"])
    shutil.rmtree(root / "Local playground")
    assert json.loads((await wireyard.run("list", "--json")).stdout)["requests"] == []


async def test_an_address_without_scheme_is_told_from_a_request(wireyard: CommandLine) -> None:
    await wireyard.run("new", "Local playground/localhost", "ws://{{$localServer}}/")
    async with serving(echo) as url:
        address = await wireyard.run("record", url.removeprefix("ws://"), "--send", "x", "--count", "1")
    request = await wireyard.run("record", "Local playground/localhost", "--send", "x", "--count", "1")
    assert (address.code, request.code) == (0, 0)
    expect(await wireyard.run("record", "Local playground/Eco"), 2, "Did you mean “Local playground/Echo”?")
    near = await wireyard.run("record", "playground/Echo")
    expect(near, 11, "Did you mean “Local playground/Echo”?")


async def test_a_file_that_can_not_be_read_is_told_and_the_rest_works(wireyard: CommandLine, team: Path) -> None:
    (team / "Shop" / "Bad.ws.yaml").write_text("url: ws://h/\nmessages: &a\n  - *a\n")
    listed = await wireyard.run("list", "--json", "--workspace", str(team))
    expect(listed, 17, "Shop/Bad.ws.yaml, line 2: ")
    record = json.loads(listed.stdout)
    assert [each["path"] for each in record["requests"]] == ["Shop/Live/Orders"]
    assert [(each["file"], each["line"]) for each in record["problems"]] == [("Shop/Bad.ws.yaml", 2)]
    expect(await wireyard.run("record", "Shop/Bad", "--workspace", str(team)), 17, "Shop/Bad.ws.yaml, line 2: ")
    expect(await wireyard.run("show", "Shop/Bad", "--workspace", str(team)), 17, "Shop/Bad.ws.yaml, line 2: ")
    expect(await wireyard.run("show", "Shop/Live/Orders", "--workspace", str(team)), 0)


@pytest.mark.parametrize(
    "command", [("list",), ("show", "x"), ("record", "a/b"), ("new", "a/b", "ws://h"), ("env", "list")]
)
async def test_a_folder_that_is_no_workspace_is_17(
    wireyard: CommandLine, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "empty").mkdir()
    expect(await wireyard.run(*command, "--workspace", str(tmp_path / "empty")), 17, "is no workspace")
    expect(await wireyard.run(*command, "--workspace", str(tmp_path / "none")), 17, "is no folder")


async def test_two_requests_of_one_name_are_told_apart_by_their_files(wireyard: CommandLine, team: Path) -> None:
    (team / "Shop" / "Other.ws.yaml").write_text("name: in/out\nurl: ws://a.invalid/\n")
    where = ("--workspace", str(team))
    assert json.loads((await wireyard.run("show", "Shop/in/out", "--json", *where)).stdout)["url"] == "ws://a.invalid/"
    (team / "Shop" / "Another.ws.yaml").write_text("name: in/out\nurl: ws://b.invalid/\n")
    twice = await wireyard.run("record", "Shop/in/out", *where)
    expect(twice, 2, "2 requests are called “Shop/in/out”.")
    assert "“Shop/Another.ws.yaml”" in twice.stderr
    shown = await wireyard.run("show", "Shop/Another.ws.yaml", "--json", *where)
    assert json.loads(shown.stdout)["url"] == "ws://b.invalid/"


async def test_new_makes_a_request_that_can_be_recorded(wireyard: CommandLine, team: Path) -> None:
    where = ("--workspace", str(team))
    async with serving(echo) as url:
        made = await wireyard.run(
            *("new", r"Shop/New folder/a\/b", f"{url}path?x=1", "-H", "X-One: 1", "--subprotocol", "v1"),
            *("--message", 'Hello={"a": "b=c"}', "--message", "Plain=just text", *where),
        )
        expect(made, 0)
        file = team / made.stdout.decode().strip()
        assert "name: a/b" in file.read_text()
        assert "- name: x" in file.read_text()
        refused = await wireyard.run("new", r"Shop/New folder/a\/b", url, *where)
        expect(refused, 2, "is there already")
        outcome = await wireyard.run(
            *("record", "Shop/New folder/a/b", "--send-saved", "hello", "--send-saved", "Plain", "--count", "2"),
            *(*where, "--set", "tenant=x"),
        )
    # The scripted server chooses no subprotocol, which is fine.
    expect(outcome, 0)
    assert sent(outcome) == ['{"a": "b=c"}', "just text"]
    missing = await wireyard.run("record", "Shop/New folder/a/b", "--send-saved", "Helo", *where)
    expect(missing, 2, "No saved message is called “Helo”. Did you mean “Hello”?")


async def test_environments_are_set_listed_and_unset(wireyard: CommandLine, team: Path) -> None:
    where = ("--workspace", str(team))
    file = team / "environments" / "local.yaml"
    before = file.read_text()
    expect(await wireyard.run("env", "set", "local", "since", "2", *where), 0)
    assert file.read_text() == before.replace("'1'", "'2'")
    expect(await wireyard.run("env", "set", "local", "base", "ws://mine", "--local", *where), 0)
    assert "mine" not in file.read_text()
    assert "*.local.yaml" in (team / ".gitignore").read_text()
    listed = json.loads((await wireyard.run("env", "list", "staging", "--json", *where)).stdout)
    assert [(each["name"], each["value"], each["source"]) for each in listed] == [
        ("base", "ws://mine", "local, this machine"),
        ("since", "2", "local"),
        ("token", None, "Staging"),
    ]
    names = json.loads((await wireyard.run("env", "list", "--json", *where)).stdout)
    assert [(each["name"], each["inherits"]) for each in names] == [("local", None), ("Staging", "local")]
    expect(await wireyard.run("env", "unset", "local", "base", *where), 0)
    lines = (await wireyard.run("env", "list", "local", *where)).stdout.decode()
    assert lines == "since\t2\tlocal\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("env", "set", "stagng", "x", "1"), "Did you mean “Staging”? --create makes it."),
        (("env", "set", "local", "token", "top", "--secret"), "not given as an argument"),
        (("env", "set", "staging", "token", "plain"), "is a secret"),
        (("env", "set", "local", "x"), "VALUE is missing"),
        (("env", "set", "local", "a b", "1"), "can't be a variable's name"),
        (("env", "unset", "local", "bas"), "Did you mean “base”?"),
        (("env", "list", "nothing"), "There are: "),
        (("new", "alone", "ws://h"), "Collection/Request"),
        (("new", "Shop/x", "ws://h", "--message", "nothing"), "NAME=TEXT"),
        (("record", "Shop/Live/Orders", "--set", "hush"), "NAME=VALUE"),
        (("record", "ws://h/", "--send-saved", "x"), "goes with a saved request"),
        (("record", "Shop/Live/Order"), "Did you mean “Shop/Live/Orders”?"),
        (("show", "Shop/Live/Orders", "-e", "local"), "go with --resolved"),
    ],
)
async def test_wrong_usage_is_explained(
    wireyard: CommandLine, team: Path, arguments: tuple[str, ...], words: str
) -> None:
    outcome = await wireyard.run(*arguments, "--workspace", str(team))
    expect(outcome, 2, words)
    assert (outcome.stdout, "top" in outcome.stderr) == (b"", False)


async def test_a_workspace_may_stand_before_the_command(wireyard: CommandLine, team: Path) -> None:
    assert (await wireyard.run("--workspace", str(team), "list")).stdout.decode().startswith("Shop/Live/Orders\t")


async def test_a_workspace_that_can_not_be_written_is_told(wireyard: CommandLine, team: Path) -> None:
    (team / "Blocked").write_text("")
    outcome = await wireyard.run("new", "Blocked/x", "ws://h/", "--workspace", str(team))
    assert outcome.code in (0, 17)
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("Echo", 0, ""),
        ("JSON ticker", 0, ""),
        ("Binary frames", 0, ""),
        ("Chat room", 0, ""),
        ("Slow and lossy", 0, ""),
        ("Close with any code", 16, "It ended after 0 of 1 messages."),
    ],
)
async def test_every_sample_does_what_it_says(wireyard: CommandLine, name: str, code: int, words: str) -> None:
    listed = json.loads((await wireyard.run("list", "--json")).stdout)
    (names,) = [each["messages"] for each in listed["requests"] if each["path"] == f"Local playground/{name}"]
    asked = [word for each in names for word in ("--send-saved", each)]
    outcome = await wireyard.run("record", f"Local playground/{name}", *asked, "--count", "1", "--set", "delay=1")
    assert outcome.of_kind("open")
    assert len(sent(outcome)) == len(names) or name == "Close with any code"
    expect(outcome, code, words)


async def test_a_workspace_that_is_broken_is_in_no_addresses_way(wireyard: CommandLine) -> None:
    workspace = wireyard.profile / "workspace"
    workspace.mkdir(parents=True)
    (workspace / "wireyard.yaml").write_text("name: [\n")
    async with serving(echo) as url:
        outcome = await wireyard.run("record", url.removeprefix("ws://"), "--send", "x", "--count", "1")
    expect(outcome, 0)
    expect(await wireyard.run("list"), 17, "wireyard.yaml, line ")


async def test_commands_that_change_one_file_at_once_all_have_their_way(wireyard: CommandLine, team: Path) -> None:
    where = ("--workspace", str(team))
    runs = [wireyard.run("env", "set", "local", f"name{number}", f"value {number}", *where) for number in range(8)]
    assert [outcome.code for outcome in await asyncio.gather(*runs)] == [0] * 8
    listed = json.loads((await wireyard.run("env", "list", "local", "--json", *where)).stdout)
    assert {(each["name"], each["value"]) for each in listed} >= {(f"name{i}", f"value {i}") for i in range(8)}


async def test_parameters_of_the_path_are_put_in_and_one_without_a_value_is_told(
    wireyard: CommandLine, team: Path
) -> None:
    saved = team / "Shop" / "Room.ws.yaml"
    saved.write_text("url: '{{base}}/rooms/:room'\npath_params:\n  - name: room\n    value: '{{room}}'\n")
    async with serving(echo) as url:
        base = f"base={url.rstrip('/')}"
        run = ("record", "Shop/Room", "--workspace", str(team), "--set", base, "--max-time", "0.1")
        filled = await wireyard.run(*run, "--set", "room=a/b")
        empty = await wireyard.run(*run, "--set", "room=")
        plain = await wireyard.run("record", f"{url}:id", "--workspace", str(team), "--max-time", "0.1")
    expect(filled, 0)
    assert filled.of_kind("open")[0]["request_target"] == "/rooms/a%2Fb"
    expect(empty, 19, "“:room” in the address has no value")
    assert plain.of_kind("open")[0]["request_target"] == "/:id"
