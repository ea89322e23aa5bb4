"""From listings and facts to the tree that is shown, in the order that people gave it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wireyard.workspace.facts import Facts, Index
from wireyard.workspace.listing import ENVIRONMENTS, LOCAL_SUFFIX, Folder, Listed, Listing
from wireyard.workspace.names import REQUEST_SUFFIX, folded, shown, sort_key
from wireyard.workspace.tree import EnvironmentLine, Item, Tree

_NOTHING: Final = Facts()


def stem_of(item_id: str) -> str:
    """A file's name without its ending, or a folder's name: what ``order`` calls it."""
    return item_id.rpartition("/")[2].removesuffix(REQUEST_SUFFIX)


def assemble(name: str, listing: Listing, index: Index) -> Tree:
    """The tree of a listing, with what the index knows."""
    workspace = _facts(index, listing.workspace)
    problems = list(listing.problems)
    if workspace is not None and workspace.problem is not None:
        problems.append(workspace.problem)
    lines = environment_lines(listing, index)
    for listed in listing.environments:
        facts = _facts(index, listed)
        if listed.path.endswith(LOCAL_SUFFIX) and facts is not None and facts.problem is not None:
            problems.append(facts.problem)
    items = arrange([_folder(folder, index) for folder in listing.collections], (workspace or _NOTHING).order)
    return Tree(
        name=(workspace or _NOTHING).name or name,
        items=tuple(items),
        problems=tuple(problems),
        environments=tuple(lines),
    )


def arrange(items: Iterable[Item], order: Sequence[str]) -> list[Item]:
    """Those that ``order`` names first, the others by name, folders before requests."""
    places = {folded(stem): place for place, stem in reversed(list(enumerate(order)))}
    last = len(places) + len(order)

    def key(item: Item) -> tuple[int, bool, object, str]:
        place = places.get(folded(stem_of(item.id)), last)
        return place, item.kind == "request", sort_key(item.name) if place == last else (), item.id

    return sorted(items, key=key)


def environment_lines(listing: Listing, index: Index) -> list[EnvironmentLine]:
    """The environments in their order. One that only this machine has values for is one too."""
    found: dict[str, EnvironmentLine] = {}
    for listed in listing.environments:
        stem = listed.path.removeprefix(f"{ENVIRONMENTS}/")
        is_local = stem.endswith(LOCAL_SUFFIX)
        stem = stem.removesuffix(LOCAL_SUFFIX if is_local else ".yaml")
        if is_local:
            found.setdefault(stem, EnvironmentLine(id=stem, name=shown(stem)))
            continue
        facts = _facts(index, listed) or _NOTHING
        found[stem] = EnvironmentLine(
            id=stem,
            name=facts.name or shown(stem),
            color=facts.color,
            inherits=facts.inherits,
            problem=facts.problem,
        )
    order = (_facts(index, listing.workspace) or _NOTHING).environments
    return arrange_environments(found.values(), order)


def arrange_environments(lines: Iterable[EnvironmentLine], order: Sequence[str]) -> list[EnvironmentLine]:
    """Those that ``order`` names first, the others by name."""
    places = {folded(stem): place for place, stem in reversed(list(enumerate(order)))}
    last = len(order)

    def key(line: EnvironmentLine) -> tuple[int, object, str]:
        place = places.get(folded(line.id), last)
        return place, sort_key(line.name) if place == last else (), line.id

    return sorted(lines, key=key)


def _facts(index: Index, listed: Listed | None) -> Facts | None:
    if listed is None:
        return None
    return Facts(problem=listed.problem) if listed.problem is not None else index.known(listed.path)


def _folder(folder: Folder, index: Index) -> Item:
    facts = _facts(index, folder.level)
    children = [_folder(inner, index) for inner in folder.folders]
    children += [_request(listed, index) for listed in folder.requests]
    known = facts or _NOTHING
    return Item(
        id=folder.id,
        kind="folder" if "/" in folder.id else "collection",
        name=known.name or shown(stem_of(folder.id)),
        notes=known.notes,
        children=tuple(arrange(children, known.order)),
        problem=folder.problem or known.problem,
        is_loaded=folder.level is None or facts is not None,
    )


def _request(listed: Listed, index: Index) -> Item:
    facts = _facts(index, listed)
    if facts is None:
        return Item(id=listed.path, kind="request", name=shown(stem_of(listed.path)), is_loaded=False)
    return Item(
        id=listed.path,
        kind="request",
        name=facts.name or shown(stem_of(listed.path)),
        url=facts.url,
        notes=facts.notes,
        messages=facts.messages,
        problem=facts.problem,
    )
