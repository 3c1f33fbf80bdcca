"""What a command names: a shop, an account, a link… Each is taken as it is typed, and completed from the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from core.workspace import Workspace

MOST = 200
"""Names offered at most."""

Offered = Iterable[tuple[str, str]]
"""Names with what is said beside each."""


class Ref(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """A name of something. What is offered begins as what is typed, in any case."""

    def __init__(self, name: str, offers: Callable[[click.Context, str], Offered]) -> None:
        self.name = name
        self.offers = offers

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from core.text import show

        try:
            found = [pair for pair in self.offers(ctx, incomplete) if pair[0].lower().startswith(incomplete.lower())]
        except Exception:  # whatever is wrong with the workspace, the shell's line must stay as it is
            return []
        return [CompletionItem(name, help=show(said, 80)) for name, said in found[:MOST] if name.isprintable()]


def _from_workspace(offers: Callable[[Workspace, str], Offered]) -> Callable[[click.Context, str], Offered]:
    def offered(ctx: click.Context, incomplete: str) -> Offered:
        from core.store.header import is_older
        from core.workspace import Workspace
        from tui.paths import workspace as default_path

        path = ctx.find_root().params.get("db") or default_path()
        if is_older(path):
            return []  # a copy would be brought up to date at each tab; the command that follows does it once, in the file
        with Workspace.open(path, actor="completion", read_only=True) as workspace:
            return list(offers(workspace, incomplete))

    return offered


def _shops(workspace: Workspace, incomplete: str) -> Offered:
    return [(summary.shop.code, summary.shop.name) for summary in workspace.shops.page(query=incomplete, limit=MOST).shops]


def _accounts(workspace: Workspace, incomplete: str) -> Offered:
    at = "@" if incomplete.startswith("@") else ""
    return [(f"{at}{account.username}", account.nickname or "") for account in workspace.accounts.find(incomplete, MOST)]


def _links(workspace: Workspace, incomplete: str) -> Offered:
    return [(link.id, f"@{link.username} {link.state}") for link in workspace.links.find(limit=MOST)]


def _members(workspace: Workspace, incomplete: str) -> Offered:
    return [(member.id, f"{member.role} {member.state}") for member in workspace.organizations.every_member()]


def _products(workspace: Workspace, incomplete: str) -> Offered:
    return [(product.id, product.title) for product in workspace.products.find(incomplete, MOST)]


def _rules(ctx: click.Context, incomplete: str) -> Offered:
    from core import policy

    return [(rule.id, rule.title) for rule in policy.load().rules.values()]


def _scenarios(ctx: click.Context, incomplete: str) -> Offered:
    from core import scenarios

    return [(info.id, info.title) for info in scenarios.catalogue()]


def _tours(ctx: click.Context, incomplete: str) -> Offered:
    from tui.tours import tour

    return [(known.id, known.title) for known in tour.catalogue()]


SHOP = Ref("shop", _from_workspace(_shops))
USERNAME = Ref("username", _from_workspace(_accounts))
LINK = Ref("link", _from_workspace(_links))
MEMBER = Ref("member", _from_workspace(_members))
PRODUCT = Ref("product", _from_workspace(_products))
RULE = Ref("rule", _rules)
SCENARIO = Ref("scenario", _scenarios)
TOUR = Ref("tour", _tours)
