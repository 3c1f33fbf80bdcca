"""Make evidence about a link or a shop: a folder of pages, pictures, a document, checksums."""

import asyncio
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from shutil import make_archive
from tempfile import TemporaryDirectory

from core.errors import Locked, ShoplinkError
from core.evidence import Evidence, Mask, collect
from core.models import Role
from core.store.new_file import check_no_files, new_folder
from core.workspace import Workspace
from tui import capture
from tui.dialogs.save_as import SaveAs, as_file_name
from tui.formats.evidence import evidence_json, sections, title
from tui.formats.json import document
from tui.formats.markup import html, markdown
from tui.messages import MakeEvidence, Open, OpenLinkWizard, OpenPlace
from tui.player.stage import settled
from tui.shell import Shell
from tui.theme import LIGHT

SIZE = (100, 40)
"""Columns and rows of the pictures: without a side column, which would show an entry's notes."""
SUMS = "SHA256SUMS"
ABOUT = "Facts, history, what the rules say, and pictures of the pages. Phone numbers and email addresses are masked."
_TEXT = re.compile(r"(?<=>)[^<>]+(?=</text>)")

MakeApp = Callable[[Workspace], Shell]
"""Makes the app on a workspace."""


@dataclass(frozen=True)
class File:
    """A file that was written, and its SHA-256 in hexadecimal digits."""

    path: Path
    sha256: str


def write(
    workspace: Workspace, folder: Path, make_app: MakeApp, *, shop: str, link: str | None, zone: tzinfo | None
) -> list[File]:
    """Write the evidence about a link or a shop into a new folder; list its files.

    Call it where no event loop runs. Raises NotFound, Exists if something is already there, ReadOnly, DiskFull, and Locked if
    the workspace keeps changing.
    """
    check_no_files(folder)
    evidence, drawn = _from_one_state(workspace, make_app, shop, link)
    words, name = list(sections(workspace, evidence, zone)), title(evidence)
    files = {f"{file}.svg": picture for file, (_, picture) in drawn.items()}
    files["evidence.json"] = document(evidence_json(workspace, evidence)) + "\n"
    files["index.html"] = html(name, words, list(drawn.values()))
    files["index.md"] = markdown(name, words, [(caption, f"{file}.svg") for file, (caption, _) in drawn.items()])
    sums = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in sorted(files.items())}
    files[SUMS] = "".join(f"{digest}  {file}\n" for file, digest in sums.items())
    with new_folder(folder) as made:
        for file, text in files.items():
            (made / file).write_text(text, encoding="utf-8", newline="")
    return [File(folder / file, digest) for file, digest in sums.items()]


async def save(app: Shell, message: MakeEvidence) -> None:
    """Ask for a folder and make the evidence there, off the app's loop; in a browser, send one file."""
    subject = app.workspace.shops.get(message.shop_id).code
    if message.link_id:
        subject = app.workspace.links.get(message.link_id).username
    name = as_file_name(f"evidence-{subject}".replace(".", "-"))
    actor, clock, zone, path = app.workspace.actor, app.clock, app.zone, app.path

    def make(folder: Path) -> list[File]:
        now = clock()
        with Workspace.open(path, actor=actor, clock=lambda: now, read_only=True) as workspace:
            screens = lambda on: type(app)(on, path=path, actor=actor, clock=on.clock, zone=zone)  # noqa: E731
            return write(workspace, folder, screens, shop=message.shop_id, link=message.link_id, zone=zone)

    def make_zip() -> bytes:
        with TemporaryDirectory(prefix="shoplink-") as folder:
            make(Path(folder) / name)
            return Path(make_archive(f"{folder}/all", "zip", folder, name)).read_bytes()

    folder = None
    if not app.is_web:
        dialog = SaveAs("Evidence for an appeal or a ticket", name, ABOUT, check_no_files, what="Folder")
        if (folder := await app.push_screen_wait(dialog)) is None:
            return
    app.notify("Making the evidence…", markup=False)
    loop = asyncio.get_running_loop()
    try:
        if folder:
            await loop.run_in_executor(None, make, folder)
        else:
            app.deliver_binary(BytesIO(await loop.run_in_executor(None, make_zip)), save_filename=f"{name}.zip")
    except ShoplinkError as error:
        app.report(error)
    else:
        app.clear_notifications()
        app.notify(f"Written to {folder}" if folder else f"Sent to your browser: {name}.zip", markup=False)


def _from_one_state(
    workspace: Workspace, make_app: MakeApp, shop: str, link: str | None
) -> tuple[Evidence, dict[str, tuple[str, str]]]:
    """Collect the evidence and draw the pages from one state of the workspace."""
    for _ in range(3):
        evidence = collect(workspace, shop, link)
        before = workspace.version()
        drawn = asyncio.run(_pictures(make_app(workspace), evidence))
        if workspace.version() == before:
            return evidence, drawn
    raise Locked("Others kept changing the workspace.", remedy="Nothing was saved. Try again.")


async def _pictures(app: Shell, evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Draw the pages without a terminal: caption and SVG, by the names of their files."""
    drawn = {}
    app.theme = LIGHT.name
    async with app.run_test(size=SIZE) as pilot:
        for name, (caption, message) in _pages(evidence).items():
            app.post_message(message)
            await settled(pilot)
            await capture.remove_toasts(app)
            picture = _TEXT.sub(lambda found: _masked(found[0], evidence.mask), capture.picture(app))
            drawn[name] = caption, picture
    return drawn


def _pages(evidence: Evidence) -> dict[str, tuple[str, Open]]:
    """List the pages to draw."""
    shop, link = evidence.shop.id, evidence.link
    pages: dict[str, tuple[str, Open]] = {}
    if link is None or link.role == Role.OFFICIAL:
        pages["official-account"] = "Official Account", OpenPlace("linked_accounts.official", shop)
    if link is None or link.role == Role.MARKETING:
        pages["marketing-accounts"] = "Marketing Accounts", OpenPlace("linked_accounts.marketing", shop)
    if link and link.is_open:
        wizard = "link_existing" if link.role == Role.OFFICIAL else "link_marketing"
        pages["request"] = f"The request for @{link.username}", OpenLinkWizard(wizard, shop, link_id=link.id)
    pages["history"] = "History", OpenPlace("history", shop)
    return pages


def _masked(text: str, mask: Mask) -> str:
    """Mask the contacts in a picture's text."""
    plain = unescape(text).replace("\xa0", " ")
    masked = mask(plain)
    return text if masked == plain else escape(masked).replace(" ", "&#160;")
