"""The command that makes evidence for an appeal or a ticket."""

from pathlib import Path

import click

from core.errors import NotFound
from core.plurals import count_of
from core.text import show
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace
from tui.cli.files import FileName
from tui.cli.named import the_link
from tui.cli.opening import without_settings
from tui.cli.params import SUBJECT


@click.command("evidence", cls=Filled)
@click.argument("subject", type=SUBJECT, metavar="LINK|SHOP")
@click.option("--out", type=FileName(file_okay=False), required=True, metavar="DIR", help="A new or empty folder.")
@on_workspace
def evidence_command(workspace: Workspace, answer: Answer, subject: str, out: Path) -> None:
    """Write a folder for an appeal or a ticket: facts, history, what the rules say, and pictures of the pages.

    Phone numbers and email addresses are masked. The file SHA256SUMS lists the checksum of each file.

    \b
    shoplink evidence USLCDEMO01 --out evidence
    shoplink evidence @lumen.candles --out evidence
    """
    without_settings()
    from tui import evidence
    from tui.app import ShoplinkApp

    def screens(on: Workspace) -> ShoplinkApp:
        return ShoplinkApp(on, path=on.path, actor=on.actor, clock=on.clock)

    shop, link = _subject(workspace, subject)
    made = evidence.write(workspace, out, screens, shop=shop, link=link, zone=None)
    files = [{"path": str(file.path), "sha256": file.sha256} for file in made]
    answer({"files": files}, [f"Written to {out}: {count_of(len(made), 'file')}, and SHA256SUMS with their checksums."])


def _subject(workspace: Workspace, ref: str) -> tuple[str, str | None]:
    """Find the shop, or the shop and the link, with this code, id or username. Raises NotFound, InvalidInput."""
    try:
        return workspace.shops.get(ref).id, None
    except NotFound as no_shop:
        try:
            link = workspace.links.get(the_link(workspace, ref))
        except NotFound:
            if workspace.accounts.known(ref):
                raise  # it has no link
            remedies = (no_shop.remedy, workspace.accounts.not_found(ref).remedy)
            remedy = next((one for one in remedies if one.startswith("Did you mean")), no_shop.remedy)
            raise NotFound(f"There is no shop, link, or account {show(ref, 60)}.", remedy=remedy) from None
    return link.shop, link.id
