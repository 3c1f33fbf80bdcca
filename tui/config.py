"""Read the configuration file: theme, keys, animation, mouse.

Invalid settings are reported and skipped; the program still starts.

theme = "shoplink-light"
animation = "none"       # full, basic, none
mouse = true
[keys]
desk = "f3"              # press ? to see the command ids
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

ANIMATIONS = ("full", "basic", "none")
_KEY = re.compile(r"[a-z0-9_+]{1,40}(,[a-z0-9_+]{1,40})*")


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
        text = path.read_text(encoding="utf-8")
        parsed = tomllib.loads(text)
    except FileNotFoundError:
        return config
    except OSError as error:
        config.mistakes.append(f"{path} cannot be read: {error.strerror}.")
        return config
    except UnicodeDecodeError:
        config.mistakes.append(f"{path} is no text in UTF-8. Nothing in it is used.")
        return config
    except tomllib.TOMLDecodeError as error:
        config.mistakes.append(f"{path}: {error}. Nothing in it is used until that is corrected.")
        return config

    def wrong(name: str, allowed: str) -> None:
        config.mistakes.append(f"{path}, line {_line_of(text, name)}: {name} cannot be that. Allowed: {allowed}.")

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
                config.mistakes.append(
                    f"{path}, line {_line_of(text, name)}: there is no {name[:40]!r}. Allowed: theme, animation, mouse, [keys]."
                )
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
    """Save the theme in the file and keep its other content. Raises OSError."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    line = f'theme = "{theme}"'
    top, rest = _split_at_table(text)
    changed, count = re.subn(r"(?m)^[ \t]*theme[ \t]*=.*$", line, top, count=1)
    top = changed if count else f"{line}\n{top}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    draft.write_text(top + rest, encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)  # atomic


def _split_at_table(text: str) -> tuple[str, str]:
    """Split the text before the first table from the rest."""
    found = re.search(r"(?m)^[ \t]*\[", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _line_of(text: str, name: str) -> int:
    """Return the line, from 1, that sets `name`; 1 when it is not found."""
    found = re.search(rf"(?m)^[ \t]*(\[[ \t]*)?[\"']?{re.escape(name)}[\"']?[ \t]*[=\].]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
