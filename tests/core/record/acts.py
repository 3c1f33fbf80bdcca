"""Every act of a record, done once in the world."""

from collections.abc import Callable
from datetime import timedelta

from core.models import EndedBy, MemberRole, Probation, ProductStatus, Role, Standing
from tests.core.record.world import LUMEN_INC, OTHER, World
from tests.support import DAY, LUMEN

Act = Callable[[World], object]


def _late(act: Act) -> Act:
    """Do the act when the request and the invitation should have expired."""

    def later(w: World) -> object:
        w.clock.move(2 * DAY)
        return act(w)

    return later


def _anyway(act: Act) -> Act:
    """Do the act though a rule says no."""

    def against(w: World) -> object:
        with w.workspace.recording(anyway=True):
            return act(w)

    return against


def _past(w: World) -> object:
    now = w.workspace.now()
    return w.workspace.links.record_linked("free.one", w.bare, Role.OFFICIAL, now - 9 * DAY, now - 3 * DAY)


ACTS: dict[str, Act] = {
    "accounts.state: a new account": lambda w: w.workspace.accounts.state("new.one", region="US"),
    "accounts.state: a fact": lambda w: w.workspace.accounts.state("official.one", standing=Standing.BANNED),
    "accounts.state: a legal entity": lambda w: w.workspace.accounts.state("free.one", kind=None, entity=OTHER),
    "accounts.rename": lambda w: w.workspace.accounts.rename("official.one", "official.new"),
    "accounts.convert": lambda w: w.workspace.accounts.convert("free.one"),
    "accounts.convert: a linked one": lambda w: w.workspace.accounts.convert("official.one"),
    "accounts.convert: cancelled": lambda w: w.workspace.accounts.convert("was.business", cancel=True),
    "accounts.remove": lambda w: w.workspace.accounts.remove("free.one"),
    "links.request": lambda w: w.workspace.links.request("free.one", w.bare, Role.OFFICIAL, agreement=True),
    "links.request: of an account never seen": lambda w: w.workspace.links.request(
        "never.seen", w.bare, Role.MARKETING, agreement=True, confirmed=w.workspace.policy.rules
    ),
    "links.authorize": lambda w: w.workspace.links.authorize(w.asked),
    "links.authorize: a marketing account": lambda w: w.workspace.links.authorize(w.invitation),
    "links.decline": lambda w: w.workspace.links.decline(w.asked),
    "links.expire": _late(lambda w: w.workspace.links.expire(w.asked)),
    "links.submit": lambda w: w.workspace.links.submit(w.authorized),
    "links.approve": lambda w: w.workspace.links.approve(w.in_review),
    "links.reject": lambda w: w.workspace.links.reject(w.in_review, "The name is not the brand's."),
    "links.cancel": lambda w: w.workspace.links.cancel(w.asked),
    "links.cancel: by TikTok": lambda w: w.workspace.links.cancel(w.in_review, EndedBy.TIKTOK),
    "links.unlink": lambda w: w.workspace.links.unlink(w.official),
    "links.unlink: by TikTok": lambda w: w.workspace.links.unlink(w.market, by=EndedBy.TIKTOK),
    "links.record_linked": lambda w: w.workspace.links.record_linked(
        "never.seen", w.bare, Role.OFFICIAL, w.workspace.now() - 9 * DAY
    ),
    "links.record_linked: until then": _past,
    "organizations.create": lambda w: w.workspace.organizations.create(w.bare, contact="ada@lumen.example"),
    "organizations.create: without a contact": lambda w: w.workspace.organizations.create(w.bare),
    "organizations.invite": lambda w: w.workspace.organizations.invite(w.team_shop, "new@lumen.example", MemberRole.ADMIN),
    "organizations.accept": _anyway(lambda w: w.workspace.organizations.accept(w.invited)),
    "organizations.expire": _late(lambda w: w.workspace.organizations.expire(w.invited)),
    "organizations.change_role": lambda w: w.workspace.organizations.change_role(w.member, MemberRole.OPERATOR),
    "organizations.remove": lambda w: w.workspace.organizations.remove(w.member),
    "organizations.note_removed_in_seller_center": lambda w: w.workspace.organizations.note_removed_in_seller_center(w.left),
    "products.add": lambda w: w.workspace.products.add(w.bare, "Wick", "1.50"),
    "products.change": lambda w: w.workspace.products.change(w.product, status=ProductStatus.DELETED, price="2"),
    "shops.add": lambda w: w.workspace.shops.add("New", "US", LUMEN),
    "shops.add: of a new seller": lambda w: w.workspace.shops.add("New", "US", OTHER, code="USLC777777"),
    "shops.rename": lambda w: w.workspace.shops.rename(w.shop, "Lumen Lights"),
    "shops.set_probation": lambda w: w.workspace.shops.set_probation(w.shop, w.workspace.now() + timedelta(days=90)),
    "shops.state: a code": lambda w: w.workspace.shops.state(w.shop, code="USLC000001"),
    "shops.state: earlier unlinks": lambda w: w.workspace.shops.state(w.shop, unlinks_before=None),
    "shops.state: probation": lambda w: w.workspace.shops.state(w.shop, probation=Probation.ACTIVE),
    "shops.state: a region": lambda w: w.workspace.shops.state(w.bare, region="GB"),
    "shops.state: a legal name": lambda w: w.workspace.shops.state(w.shop, entity=LUMEN_INC),
    "shops.state: another seller": lambda w: w.workspace.shops.state(w.bare, entity=OTHER),
    "shops.remove": lambda w: w.workspace.shops.remove(w.bare),
}
"""The use case and what is special about it, and the act."""
