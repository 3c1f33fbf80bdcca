"""Random statements against every table: honest acts, acts just beside what is allowed, and rows with one thing wrong."""

import re
from collections.abc import Callable, Iterator

from tests.proof.raw.chance import Statement
from tests.proof.raw.facts import Facts
from tests.proof.raw.links import Links
from tests.proof.raw.wrong import Wrong

WAYS = ("OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK")


class Statements(Facts, Links, Wrong):
    """Everything that can be said to a file, in a mixture in which about every third statement succeeds."""

    def next(self) -> Iterator[Statement]:
        """One act: a statement or a few that belong together, some of them said in another way."""
        acts: tuple[Callable[[], Iterator[Statement]], ...] = (
            self.rows, self.request, self.request, self.step, self.step, self.step, self.step, self.unlink, self.unlink,
            self.past, self.organization, self.people, self.account, self.account, self.shop, self.wrong, self.wrong,
            self.wrong, self.wrong, self.kept, self.kept, self.beside, self.named, self.named, self.named, self.named,
        )  # fmt: skip
        for statement in self.random.choice(acts)():
            way = self.random.choice(WAYS) if self.random.random() < 0.4 else ""
            yield statement._replace(sql=re.sub(r"^(INSERT|UPDATE)( OR \w+)?", rf"\1 {way}", statement.sql)) if way else statement
