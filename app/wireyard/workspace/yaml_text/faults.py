"""Plain words for what the YAML parser refuses."""

from __future__ import annotations

import re
from typing import Final

from yaml import MarkedYAMLError, YAMLError

from wireyard.workspace.yaml_text.nodes import YamlFault

# What the parser says (the beginning of it, from both of its versions), and what we say.
_CONFLICT: Final = re.compile(r"^<{7} .*$", re.MULTILINE)
_WORDS: Final = (
    ("found a tab character", "There is a tab in the indentation. Use spaces."),
    ("found character '\\t'", "There is a tab in the indentation. Use spaces."),
    ("mapping values are not allowed", "There is a second “: ” in this line. Put the text in quotation marks."),
    ("found unexpected end of stream", "The quotation marks that begin here are never closed."),
    ("found invalid unicode character escape", "This escape (\\u…) is no character."),
    ("found unknown escape character", "This escape (\\…) does not exist. Use single quotation marks, or \\\\."),
    ("did not find expected ',' or '}'", "A “,” or the closing “}” is missing before this line's end."),
    ("did not find expected ',' or ']'", "A “,” or the closing “]” is missing before this line's end."),
    ("expected ',' or '}'", "A “,” or the closing “}” is missing before this line's end."),
    ("expected ',' or ']'", "A “,” or the closing “]” is missing before this line's end."),
    ("did not find expected '-' indicator", "A “- ” was expected here: this line's indentation fits nothing above."),
    ("expected <block end>", "This line's indentation fits nothing above."),
    ("did not find expected key", "This line's indentation fits nothing above."),
    ("could not find expected ':'", "A “:” is missing after the key."),
    ("did not find expected <document start>", "Only one document can stand in a file."),
    ("did not find expected node content", "A value was expected here."),
    ("did not find expected comment or line break", "After “|” or “>” the text begins in the next line."),
    ("found undefined tag handle", "Tags (“!…”) are not taken here. Put the text in quotation marks."),
    ("found unknown directive", "Directives (“%…”) are not taken here."),
    ("found undefined alias", "Aliases (“*…”) are not taken here. Write the value out."),
)
# The opening mark of these is the place to look at, not the end of the file.
_AT_CONTEXT: Final = ("found unexpected end of stream", "could not find expected ':'")


def told(error: YAMLError, text: str) -> YamlFault:
    """The fault of a text that the parser gave up on."""
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        return YamlFault(line, "Here are the marks of a merge that was not finished (<<<<<<<). Choose one side.")
    if not isinstance(error, MarkedYAMLError):
        return YamlFault(0, "This is no YAML.")
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if problem.startswith(_AT_CONTEXT) and error.context_mark is not None:
        mark = error.context_mark
    line = 0 if mark is None else mark.line + 1
    if problem.startswith("found character") and mark is not None:
        return YamlFault(line, _first_character(text, mark.index))
    lowered = problem.lower()
    for beginning, words in _WORDS:
        if lowered.startswith(beginning):
            return YamlFault(line, words)
    return YamlFault(line, f"This is no YAML: {problem}.")


def _first_character(text: str, index: int) -> str:
    character = text[index : index + 1]
    if character == "\t":
        return "There is a tab in the indentation. Use spaces."
    return f"A text can't begin with “{character}” here. Put it in quotation marks."
