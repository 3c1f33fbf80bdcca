"""The steps of a link, done in practice and recorded in a record with the same keys everywhere."""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import EndedBy, Link, LinkState, Role
from core.words import asked
from tui import place_texts, step_texts
from tui.commands import (
    ACCEPTED,
    APPROVED,
    CANCEL_REQUEST,
    DECLINED,
    ENDED,
    EVIDENCE,
    EXPIRED,
    REJECTED,
    SENT,
    SUBMIT,
    WITHDRAWN,
    bindings,
)
from tui.messages import MakeEvidence
from tui.place import Place
from tui.step_texts import says
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.lines import Hanging, marked
from tui.widgets.moments import past
from tui.widgets.states import safe

TODO = {LinkState.AWAITING_AUTHORIZATION: "authorize", LinkState.AUTHORIZED: "submit", LinkState.IN_REVIEW: "review"}
"""What to do at TikTok in each state of an open request."""
TIKTOK_ENDS = (WITHDRAWN, ENDED)
"""Both of one key, so that a place binds them together: after its own keys, as the footer shows the first that fit."""
REASON = "The reason as TikTok gave it"


def next_steps(link: Link, now: datetime) -> tuple[str, ...]:
    """Name the steps that can follow in a record, the likeliest first; `now` in UTC."""
    match link.state:
        case LinkState.AWAITING_AUTHORIZATION:
            late = is_late(link, now)
            return (*(["expire"] if late else []), "authorize", "decline", "withdraw", "cancel")
        case LinkState.AUTHORIZED:
            return ("submit", "withdraw", "cancel")
        case LinkState.IN_REVIEW:
            return ("approve", "reject", "withdraw", "cancel")
        case LinkState.LINKED:
            return ("end",)
    return ()


def without_answer(link: Link) -> tuple[str, ...]:
    """Name the later steps that TikTok may have taken against the rules."""
    steps = {LinkState.AWAITING_AUTHORIZATION: ("submit", "approve", "reject"), LinkState.AUTHORIZED: ("approve", "reject")}
    return steps.get(link.state, ()) if link.role == Role.OFFICIAL else ()


def is_late(link: Link, now: datetime) -> bool:
    """Return whether a request should have expired: in a record nothing expires by itself."""
    return link.state == LinkState.AWAITING_AUTHORIZATION and link.authorize_by is not None and link.authorize_by <= now


def todo(name: str, role: Role = Role.OFFICIAL, username: str = "", *, key: str = "") -> Card:
    """Build the card that says what to do at TikTok, and where: at the place `key`, or else where this role is linked."""
    found = step_texts.texts().todo[name]
    place = place_texts.texts(key or f"linked_accounts.{role}")
    pairs = [
        ("Web", Content(" › ".join(place["web"][1:]))),
        ("App", Content(" › ".join(place["app"][1:]))),
        ("Then", safe(found.text.format(username=username))),
        *([("Button", Content.styled(found.press, "bold"))] if found.press else []),
    ]
    return Card("Do this in TikTok", Facts(pairs), id="todo")


class LinkSteps(Place):
    """A place that shows a link whose steps can be done or recorded here."""

    BINDINGS = bindings(SUBMIT, SENT, ACCEPTED, DECLINED, EXPIRED, APPROVED, REJECTED, CANCEL_REQUEST, EVIDENCE)

    def step_link(self) -> Link | None:
        """Return the link that the keys act on, as it is painted."""
        raise NotImplementedError

    def after_cancel(self) -> None:
        """Continue after the request was canceled."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        link = self.step_link() if action in {"submit", "cancel_request", "next_step"} else None
        match action:
            case "submit":
                return link is not None and link.state == LinkState.AUTHORIZED and not self.workspace.is_record
            case "cancel_request":
                return link is not None and link.is_open
            case "next_step":
                possible = next_steps(link, self.workspace.now()) if link and self.workspace.is_record else ()
                return parameters[0] in possible
        return super().check_action(action, parameters)

    def action_submit(self) -> None:
        if link := self.step_link():
            self.attempt(lambda: self.workspace.links.submit(link.id))

    def action_evidence(self) -> None:
        link = self.step_link()
        self.post_message(MakeEvidence(self.the_shop().id, link.id if link else None))

    def action_next_step(self, step: str) -> None:
        self.action_record_step(step)

    def action_cancel_request(self) -> None:
        if self.workspace.is_record:
            self.action_record_step("cancel")
        elif link := self.step_link():
            self._confirm_cancel(link)

    @work
    async def action_record_step(self, step: str) -> None:
        """Record a step of the link, against a rule if a person says so."""
        if (link := self.step_link()) is None:
            return
        otherwise = link.authorize_by if step == "expire" else None
        because = REASON if step == "reject" else ""
        done = await self.record(
            says(step, link.username, link.role), self._act(step, link), otherwise=otherwise, because=because
        )
        if done and step in {"cancel", "withdraw"}:
            self.after_cancel()

    def record_steps(self, link: Link) -> Iterable[Widget]:
        """Build what to do at TikTok for an open request, and the buttons that record what happened."""
        now = self.workspace.now()
        if is_late(link, now) and link.authorize_by:
            words = f"It should have expired {past(link.authorize_by, now, self.app.zone)}. Record what happened."
            yield Hanging(marked("!", words, "$warning"), classes="warning")
        else:
            yield todo(TODO[link.state], link.role)
        yield Static(Content.styled("Record it", "bold"), classes="heading")
        regular = [step for step in next_steps(link, now) if step not in {"withdraw", "cancel"}]
        steps = (*regular, "withdraw", "cancel")
        yield Buttons(*(self.record_button(step, first=step == regular[0]) for step in steps), classes="-headed")
        if early := without_answer(link):
            yield Static(Content.styled("If TikTok skipped that step:", "$muted"), classes="heading")
            yield Buttons(*map(self.record_button, early), classes="-headed")

    def record_button(self, step: str, *, first: bool = False) -> Button:
        """Build the button that records a step."""
        label = step_texts.texts().record[step].button
        return Button(label, id=step, variant="primary" if first else "default", action=f"screen.record_step('{step}')")

    @work
    async def _confirm_cancel(self, link: Link) -> None:
        """Ask before an open request is canceled in practice."""
        from tui.dialogs.confirm import Confirm

        official = link.role == Role.OFFICIAL
        what, again = ("request", "request it") if official else ("invitation", "invite it")
        text = f"The {asked(link.role, link.username)} ends, and its slot is free again. You can {again} again later."
        sure = await self.ask(Confirm(f"Cancel the {what}?", text, keep=f"Keep the {what}", do=f"Cancel {what}"))
        if sure and self.attempt(lambda: self.workspace.links.cancel(link.id)):
            self.after_cancel()

    def _act(self, step: str, link: Link) -> Callable[..., Link]:
        """Return what records the step; a rejection takes its reason."""
        links = self.workspace.links
        acts: dict[str, Callable[..., Link]] = {
            "authorize": lambda: links.authorize(link.id),
            "decline": lambda: links.decline(link.id),
            "expire": lambda: links.expire(link.id),
            "submit": lambda: links.submit(link.id),
            "approve": lambda: links.approve(link.id),
            "reject": lambda reason: links.reject(link.id, reason),
            "cancel": lambda: links.cancel(link.id),
            "withdraw": lambda: links.cancel(link.id, EndedBy.TIKTOK),
            "end": lambda: links.unlink(link.id, by=EndedBy.TIKTOK),
        }
        return acts[step]
