"""Parameter types whose values the shell completes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from core.workspace import Workspace

MAX_OFFERED = 200
"""Maximum number of completions offered."""

Offered = Iterable[tuple[str, str]]
"""Names with their descriptions."""


class Choice(click.Choice):  # type: ignore[type-arg]  # generic only since click 8.2
    """One of several words; the error for a wrong one lists all, and suggests the likely one."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        from core.lookalikes import did_you_mean
        from core.text import show

        names = [str(choice) for choice in self.choices]
        meant = did_you_mean(str(value), names)
        return f"“{show(str(value), 40)}” is not possible here. Give one of: {', '.join(names)}. {meant}".rstrip()


class Whole(click.IntRange):
    """A whole number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_outside("whole number", value, self.min, self.max), param, ctx)


class Number(click.FloatRange):
    """A number within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_outside("number", value, self.min, self.max), param, ctx)


def _outside(what: str, value: object, least: float | None, most: float | None) -> str:
    from core.text import show

    return f"“{show(str(value), 40)}” is not a {what} from {least} to {most}."


class Name(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """A name, completed by its prefix in any letter case."""

    def __init__(self, name: str, offers: Callable[[click.Context, str], Offered]) -> None:
        self.name = name
        self.offers = offers

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from core.text import show

        try:
            found = [pair for pair in self.offers(ctx, incomplete) if pair[0].lower().startswith(incomplete.lower())]
        except Exception:  # an error would garble the shell's prompt
            return []
        return [CompletionItem(name, help=show(about, 80)) for name, about in found[:MAX_OFFERED] if name.isprintable()]


def _from_workspace(offers: Callable[[Workspace, str], Offered]) -> Callable[[click.Context, str], Offered]:
    def offered(ctx: click.Context, incomplete: str) -> Offered:
        from core.store.header import is_older
        from core.workspace import Workspace
        from tui.paths import workspace as default_path

        path = ctx.find_root().params.get("db") or default_path()
        if is_older(path):
            return []  # each tab would migrate a copy; the command itself migrates the file
        with Workspace.open(path, actor="completion", read_only=True) as workspace:
            return list(offers(workspace, incomplete))

    return offered


def _shops(workspace: Workspace, incomplete: str) -> Offered:
    return [(summary.shop.code, summary.shop.name) for summary in workspace.shops.page(query=incomplete, limit=MAX_OFFERED).shops]


def _accounts(workspace: Workspace, incomplete: str) -> list[tuple[str, str]]:
    at = "@" if incomplete.startswith("@") else ""
    return [(f"{at}{account.username}", account.nickname or "") for account in workspace.accounts.find(incomplete, MAX_OFFERED)]


def _links(workspace: Workspace, incomplete: str) -> Offered:
    links = workspace.links.find(limit=MAX_OFFERED)
    return [(link.id, f"@{link.username} {link.state}") for link in links] + (
        _accounts(workspace, incomplete) if incomplete else []
    )


def _members(workspace: Workspace, incomplete: str) -> Offered:
    return [(member.id, f"{member.role} {member.state}") for member in workspace.organizations.every_member()]


def _products(workspace: Workspace, incomplete: str) -> Offered:
    return [(product.id, product.title) for product in workspace.products.find(incomplete, MAX_OFFERED)]


def _rules(ctx: click.Context, incomplete: str) -> Offered:
    from core import policy

    return [(rule.id, rule.title) for rule in policy.load().rules.values()]


def _places(ctx: click.Context, incomplete: str) -> Offered:
    import data

    return [(place, texts["title"]) for place, texts in data.load("texts/places.toml").items()]


def _scenarios(ctx: click.Context, incomplete: str) -> Offered:
    from core import scenarios

    return [(info.id, info.title) for info in scenarios.catalog()]


def _tours(ctx: click.Context, incomplete: str) -> Offered:
    from tui import tours

    return [(known.id, known.title) for known in tours.catalog()]


SHOP = Name("shop", _from_workspace(_shops))
USERNAME = Name("username", _from_workspace(_accounts))
LINK = Name("link", _from_workspace(_links))
MEMBER = Name("member", _from_workspace(_members))
SUBJECT = Name("subject", _from_workspace(lambda workspace, typed: [*_shops(workspace, typed), *_links(workspace, typed)]))
PRODUCT = Name("product", _from_workspace(_products))
RULE = Name("rule", _rules)
PLACE = Name("place", _places)
SCENARIO = Name("scenario", _scenarios)
TOUR = Name("tour", _tours)


def _one(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> str | None:
    if len(given) > 1:
        raise click.UsageError(f"Too many arguments: leave out {given[-1]}.", ctx)
    return given[0] if given else None


shop_argument = click.argument("shop", type=SHOP, nargs=-1, metavar="[SHOP]", callback=_one)
"""A shop before other arguments, optional because click assigns the later ones first."""
