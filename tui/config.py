"""Read the configuration file: theme, keys, animation, mouse.

Invalid settings are reported and skipped; the program still starts.

theme = "shoplink-light"
animation = "none"       # full, basic, none
mouse = true
[keys]
desk = "f3"              # press ? to see the command ids
"""

import errno
import os
import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core import toml_text
from core.text import show

ANIMATIONS = ("full", "basic", "none")
_KEY = re.compile(r"[a-z0-9_+]{1,40}(,[a-z0-9_+]{1,40})*")
_THEME = re.compile(r"""(?m)^[ \t]*["']?theme["']?[ \t]*=[^\r\n]*""")


@dataclass
class Config:
    """The valid settings of the file, and messages about the invalid ones."""

    theme: str | None = None
    animation: Literal["full", "basic", "none"] | None = None
    mouse: bool = True
    keys: dict[str, str] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def read(path: Path, themes: Collection[str], commands: Collection[str]) -> Config:
    """Read the configuration at `path`; return the defaults when it is missing.

    Never raises for invalid content.
    """
    config = Config()
    try:
        text = toml_text.read_text(path)
        parsed = toml_text.parse(text)
    except FileNotFoundError as error:
        if path.is_symlink():
            config.mistakes.append(f"{path} can't be read: {error.strerror}.")
        return config
    except OSError as error:
        config.mistakes.append(f"{path} can't be read: {error.strerror}.")
        return config
    except toml_text.TomlMistake as error:
        config.mistakes.append(f"{path}, {error}. Nothing in it is used until you correct that.")
        return config

    def wrong(name: str, allowed: str) -> None:
        line = f"{path}, line {_line_of(text, name)}"
        config.mistakes.append(f"{line}: {show(name, 40)} can't have this value. Allowed: {allowed}.")

    for name, value in parsed.items():
        match name:
            case "theme" if isinstance(value, str) and value in themes:
                config.theme = value
            case "theme":
                wrong(name, ", ".join(sorted(themes)))
            case "animation" if isinstance(value, str) and value in ANIMATIONS:
                config.animation = value  # type: ignore[assignment]  # one of the three
            case "animation":
                wrong(name, ", ".join(ANIMATIONS))
            case "mouse" if isinstance(value, bool):
                config.mouse = value
            case "mouse":
                wrong(name, "true, false")
            case "keys" if isinstance(value, dict):
                _keys(config, value, commands, wrong)
            case _:
                line = f"{path}, line {_line_of(text, name)}"
                config.mistakes.append(f"{line}: there is no “{show(name, 40)}”. Allowed: theme, animation, mouse, [keys].")
    return config


def _keys(config: Config, keys: dict[str, Any], commands: Collection[str], wrong: Any) -> None:
    for command, key in keys.items():
        if command not in commands:
            wrong(command, "the commands' names, which are " + ", ".join(sorted(commands)))
        elif not isinstance(key, str) or not _KEY.fullmatch(key):
            wrong(command, 'a key such as "f3", "ctrl+t" or "x,delete"')
        else:
            config.keys[command] = key


def remember_theme(path: Path, theme: str) -> None:
    """Save the theme in the file and keep its other content. Raises OSError.

    If the file is a link, its target is changed; the link stays.
    """
    path = path.resolve()
    try:
        after = _with_theme(toml_text.read_text(path), theme)
    except FileNotFoundError:
        after = _with_theme("", theme)
    except toml_text.TomlMistake as error:
        raise OSError(errno.EINVAL, f"{path}, {error}") from None
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(after)
        os.replace(draft, path)  # atomic
    except BaseException:
        os.unlink(draft)
        raise


def _with_theme(text: str, theme: str) -> str:
    """Set the theme in the text and change nothing else in it. Raises TomlMistake."""
    wanted = {**toml_text.parse(text), "theme": theme}
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f'theme = "{theme}"'
    edits = [f"{text[: found.start()]}{line}{text[found.end() :]}" for found in _THEME.finditer(text)]
    for edited in (*edits, f"{line}{newline}{text}"):  # a line that looks like it may be inside a text
        try:
            if toml_text.parse(edited) == wanted:
                return edited
        except toml_text.TomlMistake:
            continue
    raise toml_text.TomlMistake(1, "the theme is written in a way that only its owner can change")


def _line_of(text: str, name: str) -> int:
    """Return the line, from 1, that sets `name`; 1 when it is not found."""
    found = re.search(rf"(?m)^[ \t]*(\[[ \t]*)?[\"']?{re.escape(name)}[\"']?[ \t]*[=\].]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
