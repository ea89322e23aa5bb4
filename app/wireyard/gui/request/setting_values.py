"""What the settings of a request, folder or collection are: set here or inherited, and how one is changed."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from wireyard.gui.request.context import Above, Context, Inherited
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.workspace.model import ProxySettings, RequestFile, SavedMessage

Key = tuple[str, str]
_NO_PROXY = ProxySettings()


class SettingValues:
    """Reads and changes a draft. A setting's key is the name of its block, or nothing, and its own name."""

    def __init__(self, draft: LevelDraft[Any]) -> None:
        self._draft = draft
        self._above: Above = Context().above()

    def set_context(self, context: Context) -> None:
        """Say what is inherited."""
        self._above = context.above()

    def messages(self) -> tuple[SavedMessage, ...] | None:
        """The request's saved messages; None for a folder, which has none."""
        edited = self._draft.edited
        return edited.messages if isinstance(edited, RequestFile) else None

    def own(self, key: Key) -> Any:
        """The value that is set here, None where none is."""
        group, name = key
        edited = self._draft.edited
        if group == "proxy" and edited.proxy.mode is None:
            return None
        return getattr(getattr(edited, group) if group else edited, name)

    def inherited(self, key: Key) -> Inherited:
        """What holds where nothing is set here."""
        return self._above.setting(*key)

    def value(self, group: str, name: str) -> Any:
        """What holds."""
        own = self.own((group, name))
        return self.inherited((group, name)).value if own is None else own

    def can_reset(self, key: Key) -> bool:
        """Whether something is set here that can be taken back by itself."""
        own = self.own(key)
        if key[0] == "proxy" and key[1] != "mode":
            return own is not None and own != getattr(_NO_PROXY, key[1])
        return own is not None

    def change(self, key: Key, value: Any) -> None:
        """Set a value, None for none."""
        group, name = key
        if value == self.own(key):
            return
        if group == "proxy":
            self._change_proxy(name, value)
            return
        if value in ("", ()) and not self.inherited(key).value:
            value = None  # nothing where nothing is inherited: as if never said
        if group:
            self._draft.change(**{group: replace(getattr(self._draft.edited, group), **{name: value})})
        else:
            self._draft.change(**{name: value})

    def _change_proxy(self, name: str, value: Any) -> None:
        """A change of one part makes all of them one's own; Reset of the mode gives all of them back."""
        block = self._draft.edited.proxy
        if name == "mode" and value is None:
            block = _NO_PROXY
        else:
            if block.mode is None:
                block = ProxySettings(
                    **{each: self.inherited(("proxy", each)).value for each in block.__struct_fields__}
                )
            block = replace(block, **{name: getattr(_NO_PROXY, name) if value is None else value})
        self._draft.change(proxy=block)
