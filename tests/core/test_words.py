"""Every kind of event and every field of its details has words for people."""

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from core import models, scenarios, words
from core.exchange.kinds import KINDS
from core.models import EventKind, LinkState
from core.policy import load
from tests.core.record.acts import ACTS, Act
from tests.core.record.world import World
from tests.support import StoppedClock, record_workspace
from tui.formats.text import HIDDEN

UNSEEN = {"entry", "undone_by"}
"""Bookkeeping of rows, which no event holds."""
ROWS = (models.Shop, models.Account, models.Link, models.Member, models.Product, models.Entity)


def names(details: dict[str, Any]) -> Iterator[str]:
    """Yield each field in an event's details, at any depth."""
    for name, value in details.items():
        yield name
        if isinstance(value, dict):
            yield from names(value)


def missing(found: set[str]) -> set[str]:
    """The fields that people read and that have no words."""
    return found - words.FIELDS.keys() - HIDDEN - UNSEEN - KINDS.keys()


def test_every_kind_of_event_and_every_state_has_words() -> None:
    assert words.EVENTS.keys() == set(EventKind)
    assert words.STATES.keys() == set(LinkState)
    assert not any("." in text or "_" in text for text in words.EVENTS.values())


def test_every_field_of_a_row_has_words() -> None:
    assert not missing({field.name for row in ROWS for field in fields(row)})
    assert not any("_" in text or text[0].islower() for text in words.FIELDS.values())


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_every_field_that_an_act_writes_down_has_words(tmp_path: Path, clock: StoppedClock, act: Act) -> None:
    workspace = record_workspace(tmp_path, clock)
    act(World(workspace, clock))
    found = {name for event in workspace.history.page(limit=1000).events for name in names(event.details)}
    assert not missing(found)
    workspace.close()


def test_every_field_that_practice_writes_down_has_words(clock: StoppedClock) -> None:
    workspace = scenarios.in_memory("unlinks-used-up", actor="maya", clock=clock)
    found = {name for event in workspace.history.page(limit=1000).events for name in names(event.details)}
    assert {"shop", "product"} <= found
    assert not missing(found)
    workspace.close()


def test_every_limit_of_a_rule_has_words() -> None:
    limits = {name for rule in load().rules.values() for name in rule.values}
    also = {name for rule in load().rules.values() for said in rule.also for name in said.values}
    assert words.LIMITS.keys() == limits | also


def test_every_value_of_a_field_is_words() -> None:
    enums: list[type[StrEnum]] = [
        found
        for found in vars(models).values()
        if isinstance(found, type) and issubclass(found, StrEnum) and found is not EventKind
    ]
    assert len(enums) > 8
    shown = [words.value("state", value) for enum in enums for value in enum]
    assert not [text for text in shown if "_" in text]


def test_a_field_without_words_keeps_its_name() -> None:
    assert (words.label("made_up"), words.value("made_up", "as_is")) == ("Made up", "as_is")


def test_an_owner_gives_a_field_another_meaning() -> None:
    assert words.label("kind") == "Account type"
    assert words.named(["kind", "legal_name"], "shop") == "company or individual, legal name"


def test_a_legal_entity_without_a_known_name_is_named_by_its_number() -> None:
    assert words.entity_words(models.Entity(registration_number="HRB 1", country="DE")) == "HRB 1 (DE)"
