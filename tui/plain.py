"""The review line by line: for screen readers, dumb terminals and pipes. The same decisions, no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from l10n.cli.asking import confirm
from l10n.errors import CatalogError, UsageError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import Finding, Severity, State
from l10n.project import Project
from l10n.review import statistics
from l10n.review.decision import Refusal
from l10n.review.opening import Place, open_session
from l10n.review.session import Session
from tui.figures import figure

_COMMANDS: Sequence[tuple[str, str, str]] = (
    ("a", "approve", N_("approve, then the next open unit")),
    ("d", "draft", N_("keep as draft, then the next open unit")),
    ("t", "text", N_("write the translation: t TEXT")),
    ("r", "reject", N_("throw the translation away")),
    ("o", "omit", N_("leave the unit out on purpose")),
    ("c", "copy", N_("copy the source")),
    ("n", "next", N_("next open unit")),
    ("p", "previous", N_("open unit before")),
    ("g", "goto", N_("go to a unit: g NUMBER")),
    ("f", "filter", N_("show only some units: f state:draft")),
    ("m", "note", N_("write a note: m TEXT")),
    ("u", "undo", N_("take the last decision back")),
    ("w", "where", N_("say where you are, and how much is left")),
    ("s", "save", N_("save now")),
    ("q", "quit", N_("save and leave")),
)
"""(letter, word, what it does): either may be typed."""

_STATES = {
    State.UNTRANSLATED: N_("untranslated"),
    State.DRAFT: N_("draft"),
    State.TRANSLATED: N_("translated"),
    State.REVIEWED: N_("reviewed"),
}
_SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("info"),
}


def review_plainly(
    places: Sequence[Place], project: Project | None, *, reviewer: str, query: str
) -> None:
    """Review one catalog after another until the person leaves."""
    place = places[0] if len(places) == 1 else _choose(places)
    session = open_session(place, project, reviewer)
    holder = session.keeper.start(reviewer)
    if holder is not None:
        raise UsageError(
            _("{user} on {host} has {path} open").format(
                user=holder.user, host=holder.host, path=place.path
            )
        )
    try:
        _Talk(session, query).run()
    finally:
        problem = _save(session)
        if session.sitting.works:
            statistics.keep(session.sitting.works.values())
        session.keeper.close()
    if problem:
        raise CatalogError(problem, path=place.path)


def _choose(places: Sequence[Place]) -> Place:
    for number, place in enumerate(places, 1):
        click.echo(f"{number}  {place.name}")
    chosen = click.prompt(_("Catalog"), type=click.IntRange(1, len(places)))
    return places[int(chosen) - 1]


class _Talk:
    """Asks, does, tells."""

    def __init__(self, session: Session, query: str) -> None:
        self.session = session
        self.verbs: dict[str, Callable[[str], None]] = {
            "a": lambda _rest: self.approve(),
            "d": lambda _rest: self.decide(session.save_draft),
            "t": self.write,
            "r": lambda _rest: self.decide(session.reject, go_on=False),
            "o": lambda _rest: self.decide(session.omit),
            "c": lambda _rest: self.write(session.entry.msgid),
            "n": lambda _rest: self.go_on(),
            "p": lambda _rest: self.go_on(backwards=True),
            "g": self.go_to,
            "f": self.filter,
            "m": self.note,
            "u": lambda _rest: self.undo(),
            "w": lambda _rest: self.tell_where(),
            "s": lambda _rest: self.save(),
            "?": lambda _rest: self.tell_commands(),
        }
        self.forced = -1
        self.offer_recovery()
        if query:
            session.set_filter(query)

    def run(self) -> None:
        """Go on until `q` or the end of the input."""
        session = self.session
        if not session.entries:
            click.echo(_("This catalog has no entries."))
            return
        if session.index.state(0) not in {State.UNTRANSLATED, State.DRAFT}:
            session.next_open()
        click.echo(_("Type ? for the commands."))
        self.tell_unit()
        while True:
            try:
                line = input("> ")
            except EOFError:
                return
            letter, rest = self.parse(line)
            if letter == "q":
                return
            if letter in self.verbs:
                self.verbs[letter](rest)
            elif line.strip():
                click.echo(_("There is no such command; type ? for the commands."))

    def parse(self, line: str) -> tuple[str, str]:
        """Give letter and rest of a command line."""
        word, _space, rest = line.strip().partition(" ")
        for letter, name, _what in _COMMANDS:
            if word in {letter, name}:
                return letter, rest.strip()
        return word, rest

    def approve(self) -> None:
        """Accept, or say why not."""
        session = self.session
        answer = session.approve(force=self.forced == session.position)
        if not isinstance(answer, Refusal):
            self.go_on()
        elif not answer.findings and len(session.entry.msgstrs) > 1:
            session.form = answer.form  # what is written next
            number = answer.form + 1
            click.echo(_("Form {number} has no translation yet.").format(number=number))
        elif not answer.findings:
            click.echo(_("There is no translation yet."))
        else:
            self.forced = session.position
            for finding in answer.findings:
                self.tell_finding(finding)
            click.echo(_("Once more approves it all the same."))

    def decide(self, decision: Callable[[], object], *, go_on: bool = True) -> None:
        """Do a decision; then the next open unit, or this one again."""
        decision()
        if go_on:
            self.go_on()
        else:
            self.tell_unit()

    def write(self, text: str) -> None:
        """Take a translation."""
        if not text:
            click.echo(_("Write the text behind the t."))
            return
        self.session.type(text, 0)
        self.tell_unit()

    def go_on(self, *, backwards: bool = False) -> None:
        """Go to the next open unit."""
        if self.session.next_open(backwards=backwards):
            self.tell_unit()
        else:
            click.echo(_("Nothing is left to decide here."))

    def go_to(self, number: str) -> None:
        """Go to a unit by number."""
        if number.isdigit() and 1 <= int(number) <= len(self.session.entries):
            self.session.go_to(int(number) - 1)
            self.tell_unit()
        else:
            click.echo(_("There is no unit {number}.").format(number=number))

    def filter(self, query: str) -> None:
        """Show only some units."""
        self.session.set_filter(query)
        if self.session.query.problem:
            click.echo(self.session.query.problem)
        shown = len(self.session.visible)
        click.echo(
            ngettext("{number} shown", "{number} shown", shown).format(number=figure(shown))
        )
        if shown:
            self.tell_unit()

    def note(self, text: str) -> None:
        """Write a note."""
        self.session.set_note(text)
        self.tell_unit()

    def undo(self) -> None:
        """Take the last decision back."""
        decision = self.session.undo()
        if decision is None:
            click.echo(_("There is nothing to take back."))
        else:
            self.tell_unit()

    def save(self) -> None:
        """Save now."""
        click.echo(_save(self.session) or _("saved"))

    def tell_unit(self) -> None:
        """Say everything about the current unit."""
        session, entry = self.session, self.session.entry
        click.echo()
        state = _(_STATES[entry.state])
        total = len(session.entries)
        click.echo(
            _("Unit {number} of {total}, {state}").format(
                number=session.position + 1, total=total, state=state
            )
        )
        for line in (*entry.notes, *entry.extracted):
            click.echo(f"# {line}")
        click.echo(_("Source: {text}").format(text=entry.msgid))
        for form in range(len(entry.msgstrs)):
            text = session.text_of(entry, form)
            click.echo(_("Translation: {text}").format(text=text or "—"))
            for finding in session.findings(form=form):
                self.tell_finding(finding)

    def tell_finding(self, finding: Finding) -> None:
        """Say one finding."""
        click.echo(f"{_(_SEVERITIES[finding.severity])}: {finding.message}")

    def tell_where(self) -> None:
        """Say how far one is."""
        session = self.session
        session.index.finish()
        for state, name in _STATES.items():
            click.echo(f"{_(name)}: {session.index.counts[state]}")
        words = session.index.words_open
        click.echo(
            ngettext("{number} word left", "{number} words left", words).format(
                number=figure(words)
            )
        )

    def tell_commands(self) -> None:
        """List the commands."""
        for letter, name, what in _COMMANDS:
            click.echo(f"{letter}  {name}  {_(what)}")

    def offer_recovery(self) -> None:
        """Offer what a crash left."""
        keeper = self.session.keeper
        found = [one for one in keeper.recoverable() if one.now is not None]
        if found:
            number = len(found)
            question = ngettext(
                "{number} unit of your last sitting was not saved. Put it back?",
                "{number} units of your last sitting were not saved. Put them back?",
                number,
            ).format(number=number)
            if not confirm(question, default=True, err=False):
                return
            self.session.recover(found)
        keeper.forget_left_behind()


def _save(session: Session) -> str:
    """Write the catalog, merged with what others wrote; gives what went wrong."""
    session.keep_text()
    for _round in range(5):
        if not session.keeper.is_dirty:
            break
        outcome = session.keeper.save(session.keeper.plan())
        if outcome.theirs is None:
            session.keeper.settle(outcome)
            return outcome.problem
        merged = session.adopt(outcome)
        for conflict in merged.conflicts if merged else ():
            click.echo(_("Changed by somebody else too: {text}").format(text=conflict.key[1]))
            if confirm(_("Keep yours?"), default=True, err=False):
                session.put_content(conflict.key, conflict.ours, N_("Mine"))
            session.keeper.decided(conflict.key)
    return ""
