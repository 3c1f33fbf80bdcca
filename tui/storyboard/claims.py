"""Check a tour's claims against the workspace after the last step."""

from collections.abc import Iterator

from core.models import AccountKind, LinkState, MemberState
from core.workspace import Workspace
from tui.tours import Tour


def broken(tour: Tour, workspace: Workspace) -> list[str]:
    """Describe each claim that is not true."""
    return list(_broken(tour, workspace))


def _broken(tour: Tour, workspace: Workspace) -> Iterator[str]:
    claims, status = tour.claims, workspace.shops.status(tour.shop)
    official = status.official
    linked = [link.username for link in status.marketing if link.state == LinkState.LINKED]
    pairs: list[tuple[str, object, object]] = [
        ("official", claims.official, official.state if official else None),
        ("account", claims.account, official.username if official else None),
        ("shop_name", claims.shop_name, status.shop.name),
        ("nickname", claims.nickname, status.official_account.nickname if status.official_account else None),
        ("unlinks_left", claims.unlinks_left, status.unlinks_left),
        ("marketing", None if claims.marketing is None else sorted(claims.marketing), sorted(linked)),
        ("shop_page", claims.shop_page, len(status.shop_page.products) if status.shop_page.synced else "not synced"),
        ("members", claims.members, _members(tour, workspace) if claims.members is not None else None),
    ]
    for name, claimed, found in pairs:
        if claimed is not None and claimed != found:
            yield f"{name}: the tour says {claimed}, the workspace {found}"
    if claims.nothing_linked and official:
        yield f"nothing_linked: there is {official.id}, {official.state}"
    for refused in claims.refused:
        check = workspace.links.check(refused.account, refused.shop or tour.shop, refused.role)
        if refused.rule not in {verdict.rule for verdict in check.verdicts if verdict.stops}:
            yield f"refused: {refused.rule} doesn't stop @{refused.account}"
    kinds = iter([event.kind for event in reversed(workspace.history.page(limit=10_000).events)])
    for kind in claims.happened:
        if kind not in kinds:  # consumes up to the match, so order matters
            yield f"happened: {kind} is not in the history, or not in this order"


def _members(tour: Tour, workspace: Workspace) -> int:
    account = workspace.shops.status(tour.shop).official_account
    if account is None or account.kind != AccountKind.ORGANIZATION:
        return 0
    return sum(member.state == MemberState.ACTIVE for member in workspace.organizations.members(tour.shop))
