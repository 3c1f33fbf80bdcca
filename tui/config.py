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
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core import toml_text
from core.lookalikes import did_you_mean
from core.text import show

ANIMATIONS = ("full", "basic", "none")
RESERVED = {
    *("enter", "return", "tab", "shift+tab", "escape", "esc", "space", "backspace", "ctrl+c", "ctrl+p", "ctrl+q"),
    *("up", "down", "left", "right", "j", "k", "home", "end", "pageup", "pagedown"),
}
"""Keys with which screens move, choose and leave: a command on one of them would never get it, or take it from them."""
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
    names: list[str] = field(default_factory=list)
    """All the names that there are where one was wrong: too many to show with the mistake."""


def read(path: Path, themes: Collection[str], commands: Mapping[str, str]) -> Config:
    """Read the configuration at `path`; return the defaults when it is missing.

    `commands`: the keys of each command unless it sets others. Never raises for invalid content.
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

    def mistake(name: str, words: str) -> None:
        config.mistakes.append(f"{path}, line {_line_of(text, name)}: {words}")

    def wrong(name: str, allowed: str) -> None:
        mistake(name, f"{show(name, 40)} can't have this value. Allowed: {allowed}.")

    for name, value in parsed.items():
        match name:
            case "theme" if isinstance(value, str) and value in themes:
                config.theme = value
            case "theme":
                own = " or ".join(theme for theme in sorted(themes) if theme.startswith("shoplink-"))
                meant = did_you_mean(str(value), themes) or f"Use {own}, or another theme of Textual's."
                mistake(name, f"there is no theme “{show(str(value), 40)}”. {meant.strip()}")
                config.names.append(f"The themes: {', '.join(sorted(themes))}.")
            case "animation" if isinstance(value, str) and value in ANIMATIONS:
                config.animation = value  # type: ignore[assignment]  # one of the three
            case "animation":
                wrong(name, ", ".join(ANIMATIONS))
            case "mouse" if isinstance(value, bool):
                config.mouse = value
            case "mouse":
                wrong(name, "true, false")
            case "keys" if isinstance(value, dict):
                for command, key in value.items():
                    if problem := _key_problem(command, key, commands):
                        mistake(command, problem)
                    else:
                        config.keys[command] = key
                if not set(value) <= set(commands):
                    config.names.append(f"The commands: {', '.join(sorted(commands))}.")
            case _:
                mistake(name, f"there is no “{show(name, 40)}”. Allowed: theme, animation, mouse, [keys].")
    return config


def _key_problem(command: str, key: Any, commands: Mapping[str, str]) -> str:
    """Say what is wrong with a command's name or its key; empty if nothing is."""
    name = show(command, 40)
    if command not in commands:
        meant = did_you_mean(command, commands) or "Check its spelling."
        return f"there is no command “{name}”. {meant.strip()}"
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        return f'{name} can\'t have this value. Allowed: a key such as "f3", "ctrl+t" or "x,delete".'
    needed = sorted((set(key.split(",")) & RESERVED) - set(commands[command].split(",")))
    why = "the screens need it to move, choose, type, or leave"
    return f"{name} can't have the key {needed[0]}: {why}. Use another, such as f3." if needed else ""


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
