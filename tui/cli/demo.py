"""The demo's command."""

from typing import TYPE_CHECKING

import click

from tui.cli.command import Filled
from tui.cli.params import SCENARIO, TOUR, Number
from tui.cli.practice import open_practice

if TYPE_CHECKING:
    from tui.player.player import AtEnd


@click.command("demo", cls=Filled)
@click.argument("scenario", type=SCENARIO, required=False, metavar="[SCENARIO|FILE]")
@click.option("--play", type=TOUR, metavar="TOUR", help="Play this tour: its id, or your own .toml file.")
@click.option("--speed", type=Number(0.2, 20), default=1.0, show_default=True, help="How fast a tour is played.")
@click.option("--exit", "exits", is_flag=True, help="Quit when the tour ends, for terminal recorders.")
@click.option("--loop", "loops", is_flag=True, help="Repeat the tour until somebody takes over.")
@click.option("--guest", is_flag=True, hidden=True, help="For visitors of `serve --demo`, who have no files on this computer.")
def demo_command(scenario: str | None, play: str | None, speed: float, exits: bool, loops: bool, guest: bool) -> int:
    """Open the screens on a practice workspace that is deleted when you quit.

    \b
    shoplink demo
    shoplink demo just-linked
    shoplink demo --play link-existing --speed 2
    shoplink demo --play link-existing --exit
    shoplink demo mine.toml
    """
    if scenario and play:
        raise click.UsageError("Give one of SCENARIO and --play.", click.get_current_context())
    if (exits or loops) and (not play or (exits and loops)):
        raise click.UsageError("Give one of --exit and --loop, and --play with it.", click.get_current_context())
    chosen = scenario or "new-shop"
    if play:
        from tui import tours

        chosen = tours.load(play).scenario
    at_end: AtEnd = "exit" if exits else "loop" if loops else "stay"
    return open_practice(chosen, play, speed=speed, at_end=at_end, guest=guest)
