"""Default paths of the workspace, configuration and log on this platform."""

import os
from pathlib import Path

APP = "shoplink"


def workspace() -> Path:
    """Return the workspace to open when none is named."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / "workspace.db"


def config() -> Path:
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "config.toml"


def sockets() -> Path:
    """Return the folder in which the screens and a presenter's Desk meet: whatever their folder for temporary files is."""
    from platformdirs import user_state_path

    runtime = (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}")
    found = next((Path(one) / APP for one in runtime if os.path.isdir(one)), None)
    return found or user_state_path(APP, appauthor=False) / "sockets"


def log() -> Path:
    from platformdirs import user_log_path

    return user_log_path(APP, appauthor=False) / "shoplink.log"
