"""Default paths of the workspace, configuration and log on this platform."""

from pathlib import Path

APP = "shoplink"


def workspace() -> Path:
    """Return the workspace to open when none is named."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / "workspace.db"


def config() -> Path:
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "config.toml"


def log() -> Path:
    from platformdirs import user_log_path

    return user_log_path(APP, appauthor=False) / "shoplink.log"
