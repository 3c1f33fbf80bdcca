"""A record with a link in every state, from which each act can be done."""

from datetime import timedelta

from hypothesis import settings

from core.models import AccountKind, Entity, MemberRole, Role
from core.workspace import Workspace
from tests.support import BIRCH, DAY, LUMEN, StoppedClock, add_account, add_shop, linked

FEW = settings(deadline=None, max_examples=25)
"""For properties that make a workspace in each example."""

HOUR = timedelta(hours=1)
TABLES = ("shop", "account", "link", "member", "product")


class World:
    """The ids of what is in it, by what each is for."""

    def __init__(self, workspace: Workspace, clock: StoppedClock) -> None:
        self.workspace, self.clock = workspace, clock
        self.shop = add_shop(workspace, "Lumen").code
        self.bare = add_shop(workspace, "Bare").code
        self.team_shop = add_shop(workspace, "Team").code
        self.birch = add_shop(workspace, "Birch", "GB", BIRCH).code
        for username in ("official.one", "market.one", "free.one", "was.business"):
            add_account(workspace, username)
        workspace.accounts.state("was.business", kind=AccountKind.BUSINESS)
        shop = workspace.shops.get(self.shop)
        self.official = linked(workspace, shop, "official.one").id
        self.market = linked(workspace, shop, "market.one", Role.MARKETING).id
        self.product = workspace.products.add(self.shop, "Amber jar", "18.50").id
        self.team = workspace.organizations.create(self.team_shop, contact="owner@lumen.example", username="lumen.org").id
        invite = workspace.organizations.invite
        self.invited = invite(self.team_shop, "sam@lumen.example", MemberRole.OPERATOR).id
        self.member = workspace.organizations.accept(invite(self.team_shop, "kim@lumen.example", MemberRole.ADMIN).id).id
        self.left = workspace.organizations.remove(invite(self.team_shop, "lee@lumen.example", MemberRole.OPERATOR).id).id
        self.asked = self._request("asked.one")
        self.authorized = self._request("authorized.one")
        self.in_review = self._request("review.one")
        for id in (self.authorized, self.in_review):
            workspace.links.authorize(id)
        workspace.links.submit(self.in_review)
        add_account(workspace, "invited.one")
        self.invitation = workspace.links.request("invited.one", self.shop, Role.MARKETING, agreement=True).id
        workspace.accounts.convert("was.business")
        clock.move(DAY)

    def _request(self, username: str) -> str:
        """Request the official account of a shop of its own."""
        workspace = self.workspace
        add_account(workspace, username)
        shop = add_shop(workspace, username.title())
        return workspace.links.request(username, shop.code, Role.OFFICIAL, agreement=True).id

    def rows(self) -> dict[str, list[dict[str, object]]]:
        """Every row that stands, column by column."""
        store = self.workspace.store
        return {table: store.rows(f"SELECT * FROM {table} WHERE undone_by IS NULL ORDER BY seq") for table in TABLES}

    def entities(self) -> dict[tuple[object, ...], tuple[object, ...]]:
        """What is known of each legal entity; one of which nothing is known is as good as none."""
        rows = self.workspace.store.rows("SELECT * FROM entity")
        known = {(row["country"], row["registration_key"]): (row["kind"], row["legal_name"]) for row in rows}
        return {key: facts for key, facts in known.items() if any(facts)}

    def statuses(self) -> list[object]:
        shops = self.workspace.shops
        return [shops.status(summary.shop.id) for summary in shops.page(limit=100).shops]


LUMEN_INC = Entity(country=LUMEN.country, registration_number=LUMEN.registration_number, kind=LUMEN.kind, legal_name="Lumen Inc")
OTHER = Entity(country="US", registration_number="99-1", kind=LUMEN.kind, legal_name="Another LLC")
