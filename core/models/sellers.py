"""Sellers, with the legal entity that each is."""

from dataclasses import dataclass, replace

from core.models.base import Model
from core.models.states import EntityKind
from core.text import CleanLine, Country, Identifier, RegistrationNumber, fold_number


@dataclass(frozen=True, kw_only=True)
class Entity(Model):
    """A legal entity, identified by its country and registration number."""

    registration_number: RegistrationNumber
    country: Country
    kind: EntityKind | None = None
    legal_name: CleanLine | None = None

    def same_as(self, other: "Entity") -> bool:
        """Check whether both are the same legal entity, however its number is written."""
        return self.key == other.key

    def completed_by(self, other: "Entity") -> "Entity":
        """Fill in this entity's unknown facts from `other`."""
        return replace(self, kind=self.kind or other.kind, legal_name=self.legal_name or other.legal_name)

    @property
    def key(self) -> tuple[str, str]:
        """The country and the registration number, in capitals without spaces and dashes."""
        return self.country.upper(), fold_number(self.registration_number)


@dataclass(frozen=True, kw_only=True)
class Seller(Model):
    """The owner of shops: a legal entity."""

    id: Identifier
    entity: Entity
