"""Commands for tours and their storyboards."""

import os
import tempfile
from pathlib import Path

import click

from core.errors import InvalidInput
from core.plurals import count_of
from core.text import show
from tui.cli.command import Filled, NearGroup
from tui.cli.context import Answer, answering
from tui.cli.files import FileName
from tui.cli.opening import needs_terminal, without_settings
from tui.cli.pages import page_of, paged
from tui.cli.params import SCENARIO, TOUR
from tui.cli.problems import answer_problems
from tui.cli.text import table
from tui.exit_codes import DONE, INVALID


@click.group("tours", cls=NearGroup, invoke_without_command=True)
@paged
@answering
def tours_command(answer: Answer, limit: int, after: str | None) -> None:
    """List the tours: play one with demo --play, publish one with storyboard. Check or record your own.

    \b
    shoplink tours
    shoplink tours record mine.toml new-shop
    shoplink tours check mine.toml
    """
    if click.get_current_context().invoked_subcommand:
        return
    from tui import tours

    found, following = page_of(tours.catalog(), limit, after)
    answer.page(
        "tours",
        [
            {"id": tour.id, "title": tour.title, "shows": tour.shows, "scenario": tour.scenario, "steps": len(tour.steps)}
            for tour in found
        ],
        following,
        table(("TOUR", "STEPS", "SHOWS"), [(tour.id, str(len(tour.steps)), tour.shows) for tour in found], nothing=""),
    )


@tours_command.command("check")
@click.argument("file", type=FileName())
@answering
def check_command(answer: Answer, file: Path) -> int:
    """List every mistake in a tour file by line and field. This plays it at 80x24 and 120x40.

    \b
    shoplink tours check mine.toml
    """
    without_settings()
    from tui import rehearsal

    return answer_problems(answer, file, rehearsal.check(file))


@tours_command.command("record")
@click.argument("file", type=FileName())
@click.argument("scenario", type=SCENARIO, default="new-shop")
@answering
def record_command(answer: Answer, file: Path, scenario: str) -> int:
    """Do a flow on the screens and write it as a tour. SCENARIO: an id or your own file.

    Then the tour is checked, as with tours check.

    \b
    shoplink tours record mine.toml
    shoplink tours record mine.toml just-linked
    """
    if file.suffix != ".toml":
        raise InvalidInput("file", f"{show(str(file))} doesn't end with .toml", remedy="Give it that ending.")
    from core import scenarios
    from core.store.new_file import check_free

    check_free(file)

    chosen = scenarios.load(scenario)
    if not chosen.shops:
        raise InvalidInput("scenario", f"{show(scenario, 60)} has no shop", remedy="Name another scenario.")
    if needs_terminal():
        return INVALID
    from tui import rehearsal

    with tempfile.TemporaryDirectory(prefix="shoplink-record-") as folder:
        named = os.path.relpath(scenario, file.absolute().parent) if scenario.endswith(".toml") else scenario
        app = rehearsal.recording(Path(folder) / "practice.db", file, chosen, named)
        app.run(mouse=False)  # only keys can be recorded
    if not file.exists():
        click.echo("Nothing was written.", err=True)
    if app.return_code or not file.exists():
        return app.return_code or DONE
    click.echo(f"Written: {show(str(file))}", err=True)
    return answer_problems(answer, file, rehearsal.check(file))


@click.command("storyboard", cls=Filled)
@click.argument("tour", type=TOUR, required=False)
@click.option("--all", "every", is_flag=True, help="Every tour, and a gallery of them.")
@click.option("--out", type=FileName(file_okay=False), required=True, metavar="DIR", help="The folder to write to.")
@click.option("--size", default="80x24", show_default=True, metavar="WxH", help="Columns and rows of the pictures.")
@click.option("--theme", default="shoplink-dark", show_default=True, metavar="NAME", help="A theme, as in the configuration.")
@click.option("--cast", "with_cast", is_flag=True, help="Also record each tour for asciinema (asciicast v2).")
@click.option("--brand", type=FileName(), metavar="FILE", help="A TOML file: a line for every page, and its language.")
@answering
def storyboard_command(
    answer: Answer,
    tour: str | None,
    every: bool,
    out: Path,
    size: str,
    theme: str,
    with_cast: bool,
    brand: Path | None,
) -> None:
    """Write a tour as a guide: HTML and Markdown pages with a picture (SVG), caption, and keys for each step. Needs no terminal.

    \b
    shoplink storyboard link-existing --out guide
    shoplink storyboard --all --out gallery --size 120x40 --theme shoplink-light
    shoplink storyboard link-existing --out guide --cast --brand brand.toml
    """
    if (tour is None) != every:
        raise click.UsageError("Give a TOUR or --all.", click.get_current_context())
    from tui import tours

    chosen = list(tours.catalog()) if tour is None else [tours.load(tour)]
    without_settings()
    from tui.storyboard import brand as brands
    from tui.storyboard import storyboard
    from tui.storyboard.frames import CAST, Look

    look = Look.parsed(size, theme)
    shown_as = brands.load(brand) if brand else brands.Brand()
    folders = {one.id: out / one.id if every else out for one in chosen}
    if every:
        storyboard.check(out, folders)
    for folder in folders.values():
        storyboard.check(folder)
    made, refused = [], []
    for one in chosen:  # check all of them before writing any
        click.echo(f"{show(one.id, 80)}: {count_of(len(one.steps), 'step')}", err=True)
        try:
            made.append(storyboard.make(one, look, with_cast=with_cast))
        except InvalidInput as error:
            if error.field != "tour":  # such as in its scenario
                raise
            refused.append(error)
    if refused:
        raise InvalidInput("tour", "; ".join(error.problem for error in refused), remedy=refused[0].remedy)
    if every:
        storyboard.write_gallery(made, out, shown_as)
    else:
        storyboard.write(made[0], out, shown_as)
    page = out / "index.html"
    written = [
        {"tour": one.tour.id, "steps": len(one.frames), "folder": str(folders[one.tour.id])}
        | ({"cast": str(folders[one.tour.id] / CAST)} if with_cast else {})
        for one in made
    ]
    answer({"storyboards": written, "page": str(page)}, [f"Written: {page}"])
