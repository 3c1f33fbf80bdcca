"""How `serve` says what to install."""

import shlex
import socket
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tests.tui.cli.support import Run
from tests.tui.support import SHORT_TOUR
from tui.cli import run, serve

NEEDS = ["click>=8", "pytest>=8; extra == 'dev'", "textual-serve<2,>=1.1.3; extra == 'serve'"]
PACKAGE = "textual-serve<2,>=1.1.3"
INSTALLED = {
    "pip": ("", {"INSTALLER": "pip\n"}, [sys.executable, "-m", "pip", "install", PACKAGE]),
    "pip that says nothing": ("", {}, [sys.executable, "-m", "pip", "install", PACKAGE]),
    "uv pip": ("", {"INSTALLER": "uv"}, ["uv", "pip", "install", "--python", sys.executable, PACKAGE]),
    "pipx": ("pipx_metadata.json", {"INSTALLER": "pip"}, ["pipx", "inject", "shoplink", PACKAGE]),
    "pipx with uv": ("pipx_metadata.json", {"INSTALLER": "uv"}, ["pipx", "inject", "shoplink", PACKAGE]),
    "uv tool": ("uv-receipt.toml", {"INSTALLER": "uv"}, ["uv", "tool", "install", "--with", PACKAGE, "shoplink"]),
    "uv tool from a folder": (
        "uv-receipt.toml",
        {"INSTALLER": "uv", "direct_url.json": '{"url": "file:///a%20b/shoplink", "dir_info": {}}'},
        ["uv", "tool", "install", "--with", PACKAGE, "shoplink @ file:///a%20b/shoplink"],
    ),
    "uv tool from a repository": (
        "uv-receipt.toml",
        {"INSTALLER": "uv", "direct_url.json": '{"url": "https://example.com/s.git", "vcs_info": {"vcs": "git"}}'},
        ["uv", "tool", "install", "--with", PACKAGE, "shoplink @ git+https://example.com/s.git"],
    ),
}


class Installed:
    requires = NEEDS

    def __init__(self, files: dict[str, str]) -> None:
        self.read_text = files.get


@pytest.mark.parametrize("how", INSTALLED)
def test_the_hint_fits_how_shoplink_was_installed(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside, files, command = INSTALLED[how]
    if beside:
        (tmp_path / beside).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(serve, "distribution", lambda _: Installed(files))
    assert shlex.split(serve.how_to_install()) == command


def test_the_hint_of_a_clone_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(serve, "distribution", missing)
    assert shlex.split(serve.how_to_install()) == [sys.executable, "-m", "pip", "install", "textual-serve"]


def test_the_package_of_the_extra_is_found() -> None:
    assert "textual-serve" in serve.how_to_install()


@pytest.mark.parametrize("tour", ["link-existing", SHORT_TOUR])
def test_a_served_tour_plays_in_a_demo_of_each_visitors_own(tour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    served = []

    class Server:
        def __init__(self, command: list[str], port: int, *, demo: bool) -> None:
            served.append((command[3:], port, demo))

        def serve(self) -> None:
            pass

    monkeypatch.setattr("tui.serve.server.GuardedServer", Server)
    assert run(["serve", "--play", tour]) == 0
    assert served == [(["demo", "--play", str(Path(tour).absolute()) if tour == SHORT_TOUR else tour, "--guest"], 8022, True)]


@pytest.mark.parametrize(
    ("arguments", "exit_code"), [(("--demo", "new-shop", "--play", "link-existing"), 2), (("--play", "link-exsting"), 4)]
)
def test_a_tour_that_cannot_be_served_is_refused_before_anything_is_served(
    cli: Run, arguments: tuple[str, ...], exit_code: int
) -> None:
    assert cli("serve", *arguments, text=True)[0] == exit_code


def test_a_port_that_another_program_uses_is_refused_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["serve", "--port", port]) == 2
    assert f"{port} can't be used: another program uses it." in capsys.readouterr().err
