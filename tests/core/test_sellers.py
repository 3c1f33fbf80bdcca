"""Sellers are found by a part of their legal name or registration number."""

import pytest

from core.models import Entity
from core.workspace import Workspace
from tests.support import BIRCH, LUMEN, add_shop


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lumen", [LUMEN]), ("LLC", [LUMEN]), ("876", [BIRCH]), ("84-12", [LUMEN]), ("zebra", []), (" birch", [BIRCH])],
)
def test_sellers_of_shops_are_found(workspace: Workspace, typed: str, found: list[Entity]) -> None:
    add_shop(workspace)
    add_shop(workspace, "Birch & Bloom", "GB", BIRCH)
    assert [seller.entity for seller in workspace.shops.sellers_like(typed, 10)] == found


def test_a_seller_without_a_shop_is_not_suggested(workspace: Workspace) -> None:
    workspace.shops.remove(add_shop(workspace).code)
    assert workspace.shops.sellers_like("lumen", 10) == ()
