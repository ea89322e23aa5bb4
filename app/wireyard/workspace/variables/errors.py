"""What is wrong with the variables of a text, each as one sentence for the person who wrote it."""

from __future__ import annotations

from wireyard.workspace.errors import WorkspaceError


class VariableError(WorkspaceError):
    """A text can't be resolved. ``name`` is the variable that is to blame."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class UndefinedVariable(VariableError):  # noqa: N818 - the name everyone uses for it
    """Nothing gives the variable a value. ``where`` is the environment it was looked for in, empty for none."""

    def __init__(self, name: str, where: str = "", *, is_secret: bool = False) -> None:
        self.where = where
        self.is_secret = is_secret
        if is_secret:
            sentence = f"The secret “{name}” has no value on this machine{f', in {where}' if where else ''}."
        elif where:
            sentence = f"“{name}” has no value in {where}."
        else:
            sentence = f"“{name}” has no value, and no environment is chosen."
        super().__init__(name, sentence)


class CircularVariable(VariableError):  # noqa: N818
    """A variable's value leads back to itself. ``chain`` names the way, its first name again at the end."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        self.chain = chain
        super().__init__(chain[0], f"“{chain[0]}” leads back to itself: {' → '.join(chain)}.")


class TooDeep(VariableError):  # noqa: N818
    """Values name variables whose values name variables, too often."""

    def __init__(self, name: str, depth: int) -> None:
        super().__init__(name, f"“{name}” lies behind more than {depth} other variables: name its value directly.")


class TooLarge(VariableError):  # noqa: N818
    """With all values in place the text is too long."""

    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(name, f"With its variables in place the text is over {limit_bytes // (1024 * 1024)} MiB.")


class BadArgument(VariableError):  # noqa: N818
    """A built-in value was given arguments that it can't take."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(name, f"“{name}” takes {wanted}.")


class NoFact(VariableError):  # noqa: N818
    """A built-in value that depends on something that is not there now, or that nobody knows."""
