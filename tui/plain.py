"""The review line by line: for screen readers, dumb terminals and pipes. The same decisions, no screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from l10n.errors import EngineError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.review.concordance import Hit
from l10n.review.decisions import Refusal
from l10n.review.opening import Place
from l10n.review.replacing import places_of, replaced
from l10n.review.session import Session
from l10n.review.stops import last_stop
from l10n.text.markup import escape
from tui.answers import Answers, in_brackets
from tui.commands import SPOKEN
from tui.console import HELP, Console, numbered, parse_line
from tui.figures import figure
from tui.marks import without_controls
from tui.names import STATE_NAMES
from tui.spoken import finding_line, unit_lines
from tui.waiting import Waiting

_HITS = 4
"""Hits of the concordance that are said at once: to listen takes longer than to look."""
_ROUNDS = 5
"""How often merging and saving are tried again while others keep on writing."""


_CHANGES = frozenset(
    {
        "approve", "save_draft", "text", "replace", "edit", "fix", "reject", "omit", "copy_source", "note",
        "undo_decision", "redo_decision",
    }
)  # fmt: skip
"""Commands that somebody who only reads does not have."""


class Talk:
    """A review line by line: asks, does, tells."""

    def __init__(
        self, session: Session, console: Console, advice: Answers, waiting: Waiting
    ) -> None:
        self.session = session
        self.waiting = waiting
        self.advice = advice
        self.console = console
        self.hits: Sequence[Hit] = ()
        """What the concordance said last."""
        self.forced = -1
        """Row whose errors were told: a second approval is meant."""
        self.verbs: Mapping[str, Callable[[str], None]] = {
            "approve": lambda _rest: self.approve(),
            "save_draft": lambda _rest: self.decide(session.save_draft),
            "text": self.write,
            "replace": self.replace,
            "edit": lambda _rest: self.edit(),
            "fix": lambda _rest: self.fix(),
            "suggestion": self.tell_suggestions,
            "terms": lambda _rest: self.tell_terms(),
            "concordance": self.tell_concordance,
            "insert_next": self.tell_placeables,
            "reject": lambda _rest: self.reject(),
            "omit": lambda _rest: self.omit(),
            "copy_source": lambda _rest: self.write(session.entry.msgid),
            "next_open": lambda _rest: self.go_on(),
            "previous_open": lambda _rest: self.go_on(backwards=True),
            "go_to": self.go_to,
            "filter": self.filter,
            "note": self.note,
            "undo_decision": lambda _rest: self.undo(),
            "redo_decision": lambda _rest: self.redo(),
            "where": lambda _rest: self.tell_where(),
            "save": lambda _rest: self.save(),
            HELP: lambda _rest: self.tell_commands(),
        }

    def run(self, query: str) -> Place | None:
        """Go on until the command to leave, or the end of the input; returns another catalog to go to."""
        session, say = self.session, self.console.say
        if not session.read_only:
            self.offer_recovery()
        if query:
            session.set_filter(query)
        if not session.entries:
            say(_("This catalog has no entries."))
            return None
        session.begin_at(None if query else last_stop(session.keeper.path))
        say(_("Type ? for the commands."))
        self.tell_unit()
        while True:
            try:
                # What only a terminal obeys is no text, and a command of nothing else none.
                line = without_controls(self.console.read())
            except EOFError:
                return None
            session.sitting.keys += len(line) + 1
            name, rest = parse_line(line)
            if name == "quit":
                return None
            if name == "choose":
                if (place := self.other_catalog(rest)) is not None:
                    return place
            elif name in _CHANGES and session.read_only:
                say(_("This catalog is open for reading only."))
            elif name in self.verbs:
                self.verbs[name](rest)
            elif line.strip():
                say(_("There is no such command; type ? for the commands."))

    def approve(self) -> None:
        """Accept, or say why not."""
        session, say = self.session, self.console.say
        if not self.may_sign():
            return
        answer = session.approve(force=self.forced == session.position)
        if not isinstance(answer, Refusal):
            repeats = answer.others + session.follow(answer)
            if repeats:
                message = ngettext(
                    "{number} repeat filled.", "{number} repeats filled.", repeats
                )
                say(message.format(number=repeats))
            self.go_on()
        elif not answer.findings and len(session.entry.msgstrs) > 1:
            session.form = answer.form  # what is written next
            number = answer.form + 1
            say(_("Form {number} has no translation yet.").format(number=number))
        elif not answer.findings:
            say(_("There is no translation yet."))
        else:
            self.forced = session.position
            for finding in answer.findings:
                say(finding_line(finding))
            say(_("Once more approves it all the same."))

    def may_sign(self) -> bool:
        """Whether the stamp has a name to carry; says how to give one."""
        if not self.session.reviewer:
            self.console.say(_("Nobody knows who you are: start with --by NAME."))
        return bool(self.session.reviewer)

    def reject(self) -> None:
        """Throw away, after asking where there is something to throw away."""
        if not self.session.text or self.console.confirm(_("Throw this translation away?")):
            self.decide(self.session.reject, go_on=False)

    def omit(self) -> None:
        """Leave out, signed, after asking."""
        question = _("Leave this unit out of the translation?")
        if self.may_sign() and self.console.confirm(question):
            self.decide(self.session.omit)

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
            self.console.say(_("Write the text behind the t."))
            return
        self.session.type(text, 0)
        self.session.keep_text()  # a decision of its own: it is taken back like any other
        self.tell_unit()

    def edit(self, added: str = "") -> None:
        """Edit the translation in place, with something more at its end."""
        session, text = self.session, self.session.text
        if added:
            text = f"{text} {added}".lstrip()
        try:
            words = self.advice.placeables(session)
        except EngineError:  # without it nothing is completed
            words = []
        text = without_controls(self.console.edit(text, words))
        if text != session.text:
            self.write(text)

    def tell_placeables(self, number: str) -> None:
        """Say what the source has and the translation lacks, or put one in and edit the line."""
        try:
            words = self.advice.placeables(self.session)
        except EngineError as error:
            self.console.say(error.message)
            return
        if not number:
            self.tell_list(words)
        elif (word := numbered(words, number)) is not None:
            self.put(word)
        else:
            self.console.say(_("There is no {number} in the list.").format(number=number))

    def tell_list(self, lines: Sequence[str]) -> None:
        """Say lines with the numbers they are asked for by."""
        for number, line in enumerate(lines, 1):
            self.console.say(f"{number}  {line}")
        if not lines:
            self.console.say(_("Nothing is found."))

    def put(self, words: str) -> None:
        """Put words at the end of the translation, and let the person move them."""
        if self.session.read_only:
            self.console.say(_("This catalog is open for reading only."))
        else:
            self.edit(words)

    def fix(self) -> None:
        """Apply the first repair that a finding offers."""
        fixes = [finding.fix for finding in self.session.findings() if finding.fix is not None]
        if fixes:
            self.write(fixes[0].msgstr)
        else:
            self.console.say(_("No finding offers a repair."))

    def replace(self, line: str) -> None:
        """Replace words in the units that are shown, after saying where."""
        session, say = self.session, self.console.say
        old, arrow, new = (part.strip() for part in line.partition("=>"))
        texts = session.shown_texts
        try:
            places = places_of(texts, old, new) if arrow else []
        except ValueError as error:
            say(str(error))
            return
        if not places:
            say(_("Nothing is found.") if arrow else _("Write it like this: l OLD => NEW"))
            return
        changed = replaced(texts, places)
        for row, forms in changed.items():
            for text in forms:
                say(f"{row + 1}  {text}")
        number = len(places)
        question = ngettext("Replace {number} place?", "Replace {number} places?", number)
        if self.console.confirm(question.format(number=number)):
            session.put_forms(changed, N_("Replaced"))
            self.tell_unit()

    def tell_suggestions(self, number: str) -> None:
        """Say what can be put in, or put one in."""
        try:
            suggestions = self.advice.suggestions(self.session)
        except EngineError as error:
            self.console.say(error.message)
            return
        if self.session.read_only:
            number = ""
        if number.isdigit() and 1 <= int(number) <= len(suggestions):
            suggestion = suggestions[int(number) - 1]
            self.session.use(suggestion)
            self.write(suggestion.text)
        elif number:
            self.console.say(_("There is no suggestion {number}.").format(number=number))
        elif not suggestions:
            self.console.say(_("Nothing is found."))
        for place, suggestion in enumerate(() if number else suggestions, 1):
            percent = suggestion.fields.get("tm", "")
            self.console.say(f"{place}  {percent} %  {suggestion.text}")

    def tell_terms(self) -> None:
        """Say what the glossary has for the source."""
        try:
            pairs = self.advice.terms(self.session.source)
        except EngineError as error:
            self.console.say(error.message)
            return
        for source, target in pairs:
            self.console.say(f"{source} → {target}")
        if not pairs:
            self.console.say(_("Nothing is found."))

    def tell_concordance(self, words: str) -> None:
        """Say where words stand in earlier translations, or put in what is marked in one of them."""
        if not words and not self.hits:
            self.console.say(_("Write the words behind the h."))
        elif not words:
            self.tell_list([in_brackets(hit) for hit in self.hits])
        elif (hit := numbered(self.hits, words)) is not None:
            self.put(escape(hit.marked_target or hit.target))
        else:
            try:
                self.hits = self.advice.concordance(words)
            except EngineError as error:
                self.console.say(error.message)
                return
            self.tell_list([in_brackets(hit) for hit in self.hits[:_HITS]])
            more = len(self.hits) - _HITS
            if more > 0:
                message = ngettext(
                    "{number} more; h says all.", "{number} more; h says all.", more
                )
                self.console.say(message.format(number=figure(more)))

    def go_on(self, *, backwards: bool = False) -> None:
        """Go to the next open unit."""
        if self.session.next_open(backwards=backwards):
            self.tell_unit()
        else:
            self.console.say(_("Nothing is left to decide here."))
            self.other_catalog("")

    def other_catalog(self, answer: str) -> Place | None:
        """Return the catalog that an answer means; without one, say which wait."""
        if answer:
            return self.waiting.named(answer)
        self.waiting.tell_others(self.session.keeper.path)
        return None

    def go_to(self, number: str) -> None:
        """Go to a unit by number."""
        if number.isdigit() and 1 <= int(number) <= len(self.session.entries):
            self.session.go_to(int(number) - 1)
            self.tell_unit()
        else:
            self.console.say(_("There is no unit {number}.").format(number=number))

    def filter(self, query: str) -> None:
        """Show only some units."""
        self.session.set_filter(query)
        if self.session.query.problem:
            self.console.say(self.session.query.problem)
        number = len(self.session.visible)
        message = ngettext("{number} shown", "{number} shown", number)
        self.console.say(message.format(number=figure(number)))
        if number:
            self.tell_unit()

    def note(self, text: str) -> None:
        """Write a note, or take it away."""
        if text:
            self.session.set_note("" if text == "-" else text)
            self.tell_unit()
        else:
            self.console.say(_("Write the note behind the m; m - takes it away."))

    def undo(self) -> None:
        """Take the last decision back."""
        decision = self.session.undo()
        if decision is None:
            self.console.say(_("There is nothing to take back."))
        else:
            self.session.withdraw(decision)
            self.tell_unit()

    def redo(self) -> None:
        """Make the decision again that was taken back."""
        decision = self.session.redo()
        if decision is None:
            self.console.say(_("There is nothing to do again."))
        else:
            self.session.follow(decision)
            self.tell_unit()

    def save(self) -> None:
        """Save now."""
        self.console.say(save(self.session, self.console) or _("saved"))

    def tell_unit(self) -> None:
        """Say everything about the current unit."""
        for line in unit_lines(self.session):
            self.console.say(line)

    def tell_where(self) -> None:
        """Say how far one is."""
        index = self.session.index
        index.finish()
        for state, name in STATE_NAMES.items():
            self.console.say(f"{_(name)}: {index.counts[state]}")
        words = ngettext("{number} word left", "{number} words left", index.words_open)
        self.console.say(words.format(number=figure(index.words_open)))

    def tell_commands(self) -> None:
        """List the commands."""
        for _name, spoken in SPOKEN:
            self.console.say(f"{spoken.letter}  {spoken.word}  {_(spoken.help)}")

    def offer_recovery(self) -> None:
        """Offer what a crash left."""
        keeper = self.session.keeper
        unsaved = keeper.recoverable()
        homeless = [work for work in unsaved if work.now is None]  # kept: it may come back
        if number := len(unsaved) - len(homeless):
            question = ngettext(
                "{number} unit of your last sitting was not saved. Put it back?",
                "{number} units of your last sitting were not saved. Put them back?",
                number,
            )
            if not self.console.confirm(question.format(number=number)):
                keeper.settle_left_behind(keep=unsaved)
                return
            self.session.recover(unsaved)
        keeper.settle_left_behind(keep=homeless)


def save(session: Session, console: Console) -> str:
    """Write the catalog, merged with what others wrote; returns what went wrong."""
    session.keep_text()
    for _round in range(_ROUNDS):
        if not session.keeper.is_dirty:
            break
        outcome = session.keeper.save(session.keeper.plan())
        if outcome.theirs is None:
            session.keeper.settle(outcome)
            return outcome.problem
        merged = session.adopt(outcome)
        for conflict in merged.conflicts if merged else ():
            happened = (
                _("Put back by git or somebody, after you saved it: {text}")
                if conflict.taken_back
                else _("Changed by somebody else too: {text}")
            )
            console.say(happened.format(text=conflict.key[1]))
            if console.confirm(_("Keep yours?")):
                session.put_content(conflict.key, conflict.ours, N_("Mine"))
            session.keeper.decided(conflict.key)
    return ""
