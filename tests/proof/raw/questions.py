"""The promises once more, asked of the rows in another language than the schema's: Python, row by row."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from tests.core.store.attacks.sql import DAY

Row = dict[str, Any]
Tables = dict[str, list[Row]]

LIVE = {"awaiting_authorization", "authorized", "in_review", "linked"}
UNLINKS, PLACES, OFTEN, WINDOW = 3, 4, 10, 180 * DAY


def read(connection: sqlite3.Connection) -> Tables:
    found = {}
    for table in ("workspace", "entity", "seller", "shop", "account", "link", "member", "product", "event"):
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in cursor]
    return found


def _by(rows: list[Row], *names: str) -> dict[Any, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return found


def _live(tables: Tables, role: str = "") -> list[Row]:
    return [link for link in tables["link"] if link["state"] in LIVE and role in {"", link["role"]}]


def _standing(tables: Tables, role: str) -> list[Row]:
    return [link for link in tables["link"] if link["state"] == "linked" and link["role"] == role]


def one_official_account(tables: Tables) -> bool:
    return all(len(links) == 1 for links in _by(_live(tables, "official"), "shop").values())


def official_at_one_shop(tables: Tables) -> bool:
    return all(len(links) == 1 for links in _by(_live(tables, "official"), "account").values())


def never_two_at_a_time(tables: Tables) -> bool:
    stood = [link for link in tables["link"] if link["role"] == "official" and link["linked_at"] is not None]
    for of in ("shop", "account"):
        for links in _by(stood, of).values():
            for one, next in pairwise(sorted(links, key=lambda link: link["linked_at"])):
                if one["unlinked_at"] is None or one["unlinked_at"] > next["linked_at"]:
                    return False
    return True


def one_role_per_shop(tables: Tables) -> bool:
    return all(len(links) == 1 for links in _by(_live(tables), "shop", "account").values())


def four_marketing_places(tables: Tables) -> bool:
    for links in _by(_live(tables, "marketing"), "shop").values():
        taken = {link["slot"] for link in links}
        if len(taken) != len(links) or not taken <= set(range(1, PLACES + 1)):
            return False
    return True


def three_unlinks(tables: Tables) -> bool:
    ended = [link for link in tables["link"] if link["role"] == "official" and link["state"] == "unlinked"]
    return all(
        sorted(link["unlink_number"] for link in links) == list(range(1, len(links) + 1)) and len(links) <= UNLINKS
        for links in _by(ended, "shop").values()
    )


def a_day_before_the_unlink(tables: Tables) -> bool:
    return all(link["unlinked_at"] - link["linked_at"] >= DAY for link in tables["link"] if link["state"] == "unlinked")


def ten_links_in_180_days(tables: Tables) -> bool:
    return most_links_in_180_days(tables) <= OFTEN


def one_region(tables: Tables) -> bool:
    shops = {shop["id"]: shop["region"] for shop in tables["shop"]}
    accounts = {account["username"]: account["region"] for account in tables["account"]}
    return all(accounts[link["account"]] in {None, shops[link["shop"]]} for link in _live(tables))


def one_name(tables: Tables) -> bool:
    shops = {shop["id"]: shop["name"] for shop in tables["shop"]}
    accounts = {account["username"]: account["nickname"] for account in tables["account"]}
    return all(accounts[link["account"]] == shops[link["shop"]] for link in _standing(tables, "official"))


def one_entity_and_one_seller(tables: Tables) -> bool:
    sellers = {seller["id"]: (seller["country"], seller["registration_key"]) for seller in tables["seller"]}
    organizations = {account["username"]: account for account in tables["account"] if account["kind"] == "organization"}
    for link in _live(tables):
        if account := organizations.get(link["account"]):
            entity = (account["country"], account["registration_key"])
            if entity != (None, None) and entity != sellers[link["seller"]]:
                return False
            if link["state"] == "linked" and account["seller"] != link["seller"]:
                return False
    return True


def an_admin(tables: Tables) -> bool:
    admins = {member["account"] for member in tables["member"] if (member["state"], member["role"]) == ("active", "admin")}
    created = [link for link in _standing(tables, "official") if link["origin"] == "created"]
    return all(link["account"] in admins for link in created)


def a_history_without_a_gap(tables: Tables) -> bool:
    return [event["seq"] for event in tables["event"]] == list(range(1, len(tables["event"]) + 1))


def the_newest_moment(tables: Tables) -> bool:
    return [row["newest_at"] for row in tables["workspace"]] == [max(event["at"] for event in tables["event"])]


def names_of_the_right_form(tables: Tables) -> bool:
    names = [account["username"] for account in tables["account"]]
    codes = [shop["code"].lower() for shop in tables["shop"]]
    whole = all(re.fullmatch(r"[a-z0-9_.]*[a-z0-9_]", name) for name in names)
    return whole and len({name.lower() for name in names}) == len(names) and len(set(codes)) == len(codes)


def moments_in_order(tables: Tables) -> bool:
    names = ("requested_at", "authorized_at", "submitted_at", "linked_at", "unlinked_at")
    for link in tables["link"]:
        passed = [link[name] for name in names if link[name] is not None]
        if passed != sorted(passed) or passed[0] < 0 or passed[-1] > 253402300799999:
            return False
    return True


QUESTIONS: tuple[Callable[[Tables], bool], ...] = (
    one_official_account, official_at_one_shop, never_two_at_a_time, one_role_per_shop, four_marketing_places, three_unlinks,
    a_day_before_the_unlink, ten_links_in_180_days, one_region, one_name, one_entity_and_one_seller, an_admin,
    a_history_without_a_gap, the_newest_moment, names_of_the_right_form, moments_in_order,
)  # fmt: skip


def broken(tables: Tables) -> Iterator[str]:
    """The questions that are answered with no."""
    return (question.__name__ for question in QUESTIONS if not question(tables))


def most_links_in_180_days(tables: Tables) -> int:
    """How often the account that was linked most often was linked within the window."""
    most = 0
    linked = [link for link in tables["link"] if link["role"] == "marketing" and link["linked_at"] is not None]
    for links in _by(linked, "account").values():
        moments = sorted(link["linked_at"] for link in links)
        first = 0
        for last, moment in enumerate(moments):
            while moments[first] <= moment - WINDOW:
                first += 1
            most = max(most, last - first + 1)
    return most


def full_shops(tables: Tables) -> int:
    """The shops whose marketing places are all taken."""
    return sum(len(links) == PLACES for links in _by(_live(tables, "marketing"), "shop").values())


def used_up_shops(tables: Tables) -> int:
    """The shops whose unlinks are all used."""
    return Counter(link["unlink_number"] for link in tables["link"])[UNLINKS]
