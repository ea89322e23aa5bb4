"""Who gives a variable its value."""

from __future__ import annotations

from wireyard.workspace.documents import Level
from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, Variable
from wireyard.workspace.variables.scope import (
    REQUEST,
    SESSION,
    Environment,
    Scope,
    Value,
    environment_chain,
    level_of,
    scope_of,
)


def plain(**values: str) -> dict[str, Variable]:
    return {name: Variable(value=value) for name, value in values.items()}


STAGING = Environment(
    "staging",
    "Staging",
    EnvironmentFile(variables=plain(host="shared", port="1"), inherits="base"),
    EnvironmentFile(variables=plain(host="local")),
)
BASE = Environment("base", "Base", EnvironmentFile(variables=plain(host="base", path="/base")))
LEVELS = [
    Level(
        id="Orders",
        name="Orders",
        file=FolderFile(variables=plain(host="collection", path="collection", only="collection")),
    ),
    Level(id="Orders/Live", name="Live", file=FolderFile(variables=plain(host="folder"))),
    Level(id="Orders/Live/EU", name="EU", file=FolderFile(variables=plain(host="inner"))),
]


def source(scope: Scope, name: str) -> str:
    value = scope.lookup(name)
    return "" if value is None else value.source


def test_the_strongest_layer_wins() -> None:
    request = RequestFile(variables=plain(host="request"))
    assert source(scope_of({"host": "by hand"}, request, LEVELS, [STAGING, BASE]), "host") == SESSION
    assert source(scope_of({}, request, LEVELS, [STAGING, BASE]), "host") == REQUEST
    assert source(scope_of({}, RequestFile(), LEVELS, [STAGING, BASE]), "host") == "EU"
    assert source(scope_of({}, RequestFile(), LEVELS[:2], [STAGING, BASE]), "host") == "Live"
    assert source(scope_of({}, RequestFile(), LEVELS[:1], [STAGING, BASE]), "host") == "Staging, this machine"
    assert source(scope_of({}, RequestFile(), LEVELS[:1], [STAGING, BASE]), "port") == "Staging"
    assert source(scope_of({}, RequestFile(), LEVELS[:1], [STAGING, BASE]), "path") == "Base"
    assert source(scope_of({}, RequestFile(), LEVELS[:1], [STAGING, BASE]), "only") == "Orders"
    assert source(scope_of({}, RequestFile(), LEVELS[:1]), "host") == "Orders"


def test_a_variable_that_is_off_is_passed_over() -> None:
    request = RequestFile(variables={"port": Variable(value="2", off=True)})
    assert scope_of({}, request, [], [STAGING]).lookup("port") == Value("1", "Staging")


def test_a_secret_is_asked_for_by_environment_and_name() -> None:
    staging = Environment("staging", "Staging", EnvironmentFile(variables={"token": Variable(secret=True)}))
    scope = scope_of({}, RequestFile(), [], [staging], lambda env, name: f"{env}:{name}")
    assert scope.lookup("token") == Value("staging:token", "Staging", True)


def test_a_secret_without_a_value_ends_the_search() -> None:
    weaker = [Level(id="Orders", name="Orders", file=FolderFile(variables=plain(token="collection")))]
    staging = Environment("staging", "Staging", EnvironmentFile(variables={"token": Variable(secret=True)}))
    assert scope_of({}, RequestFile(), weaker, [staging], lambda env, name: None).lookup("token") is None


def test_a_name_that_is_secret_anywhere_is_secret() -> None:
    staging = Environment(
        "staging",
        "Staging",
        EnvironmentFile(variables={"token": Variable(secret=True)}),
        EnvironmentFile(variables=plain(token="local")),
    )
    assert scope_of({}, RequestFile(), [], [staging]).lookup("token") == Value("local", "Staging, this machine", True)
    assert scope_of({"token": "x"}, RequestFile(), [], [staging]).lookup("token") == Value("x", SESSION, True)


def test_the_secret_of_a_request_has_a_key_that_no_environment_has() -> None:
    request = RequestFile(variables={"token": Variable(secret=True)})
    scope = scope_of({}, request, secrets=lambda env, name: env, request_id="Orders/a.ws.yaml")
    assert scope.lookup("token") == Value("/Orders/a.ws.yaml", REQUEST, True)


def test_a_secret_value_is_not_in_the_repr() -> None:
    assert "hunter2" not in repr(Value("hunter2", "Staging", is_secret=True))


def test_names_lists_what_has_a_value_and_the_built_in_ones_behind() -> None:
    listed = scope_of({}, RequestFile(), [], [STAGING]).names()
    assert [name for name, _ in listed[:2]] == ["host", "port"]
    assert dict(listed)["$uuid"].source == "Built in"
    assert len(scope_of({}, RequestFile(), [], [STAGING]).names(built_in=False)) == 2


def test_a_built_in_value_answers_with_an_example() -> None:
    value = Scope(()).lookup("$localServer")
    assert value is not None
    assert value.text == "127.0.0.1:9600"
    assert Scope(()).lookup("$unheardOf") is None


def test_the_chain_of_environments_ends_at_a_circle() -> None:
    files = {
        "a": Environment("a", "A", EnvironmentFile(inherits="b")),
        "b": Environment("b", "B", EnvironmentFile(inherits="a")),
    }
    assert [one.id for one in environment_chain("a", files.get)] == ["a", "b"]
    assert environment_chain("gone", files.get) == []


def test_it_says_where_a_name_is_looked_for_last() -> None:
    request = RequestFile(variables={"token": Variable(secret=True), "port": Variable(off=True)})
    scope = scope_of({"own": "1"}, request, LEVELS, [STAGING], request_id="Orders/a.ws.yaml")
    assert level_of(scope.key_of("token")) == "Orders/a.ws.yaml"
    assert level_of(scope.key_of("host")) == "Orders/Live/EU"
    assert (scope.key_of("port"), level_of(scope.key_of("port"))) == ("staging", "")
    assert scope.key_of("own") == scope.key_of("nothing") == ""
