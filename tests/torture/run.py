"""One run: the schedule carried out step by step, the calm afterwards, and the verdict."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserType, Error, Page

from checklists.definition import Checklist
from mystery.capture.own_visits import derive_visit_id
from tests.torture.auditor import PROMISES, Auditor, Task
from tests.torture.phone import Phone, find_plain_words
from tests.torture.schedule import Action, Step, count_actions, write_schedule
from tests.torture.server import Server
from tests.torture.stage import ADDRESSES, Stage, read_long_checklists, read_short_versions
from tests.torture.verdict import Failure, Planned, judge_visits
from tests.torture.watch import Watch

SECONDS_TO_ARRIVE = 90.0
SECONDS_TO_EMPTY = 10.0
TRIES_TO_SIGN_IN = 3
# Words of an answer; what an assignment says is no answer, and its page is kept as it is.
PLAIN = re.compile(rb"mark-[a-z]+-[0-9]{4}")
PLAIN_FORM = re.compile(r"POST /capture/[0-9a-f-]{36}/")


@dataclass
class Outcome:
    """How a run went; ``trace`` has each step with its visit, -1 where it concerns them all."""

    seed: int
    visits: int
    counts: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    trace: list[tuple[int, str]] = field(default_factory=list)
    seconds: float = 0.0
    gestures: int = 0
    acknowledged: int = 0
    is_cut_short: bool = False


class Run:
    """A seed that is carried out in a folder of its own."""

    def __init__(self, seed: int, visits: int, folder: Path, browsers: BrowserType) -> None:
        self.outcome = Outcome(seed, visits)
        self._began = time.monotonic()
        self._trace = folder / "trace.txt"
        self._stage = Stage(folder)
        self._server = Server(folder)
        self._phone = Phone(browsers, folder / "profile", self._server.address)
        self._auditor = Auditor(seed, self._phone, folder, self._fail)
        self._short, self._long = read_short_versions(), read_long_checklists()
        self._watch = Watch(self._phone)
        self._other_tab: Page | None = None
        self._is_down = False
        self._steps = 0

    def write_steps(self, *, long: bool) -> list[Step]:
        """The schedule of this run, with or without the long checklists of the library."""
        library = self._long if long else {}
        return write_schedule(self.outcome.seed, self.outcome.visits, short=self._short, long=library)

    def carry_out(self, steps: list[Step], *, minutes: float, say: Callable[[str], None]) -> Outcome:
        """Do all steps, or as many as the time allows; then calm down, and judge."""
        began = self._began = time.monotonic()
        with self._watch:
            self._go_on(steps, minutes, say)
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def _go_on(self, steps: list[Step], minutes: float, say: Callable[[str], None]) -> None:
        try:
            self._server.start()
            self._phone.start()
            for step in steps:
                if time.monotonic() - self._began > minutes * 60:
                    self.outcome.is_cut_short = True
                    break
                self._do(step)
                if step.number % 250 == 0:
                    say(f"step {step.number} of {len(steps)}, {time.monotonic() - self._began:.0f} s")
            self.outcome.counts = count_actions(steps[: self._steps])
            say(f"calm after {self._steps} steps, {time.monotonic() - self._began:.0f} s")
            self._calm()
            self._judge()
        finally:
            self._phone.stop()
            self._server.close()

    def _do(self, step: Step) -> None:
        self._steps = step.number + 1
        # A server that killed itself comes back after a moment, as its supervisor would see to it.
        if not self._is_down and not self._server.is_alive and step.number % 3 == 0:
            self._server.start()
        strikes = self._watch.strikes
        try:
            result = HANDLERS[step.action](self, step)
        except Error:
            if strikes == self._watch.strikes:
                raise
            result = ""
        if strikes != self._watch.strikes:
            self._phone.stop()
            self._phone.start()
            self._other_tab = None
            result = "the browser hung"
        self._note(step.visit, step.describe(), result, str(step.action))

    def _note(self, visit: int, what: str, result: str, name: str) -> None:
        self.outcome.outcomes[f"{name}: {result}"] += 1
        self._write(visit, f"{what} -> {result}")

    def _fail(self, visit: int | None, text: str) -> None:
        self.outcome.failures.append(Failure(visit, f"at step {self._steps - 1}: {text}"))
        self._write(-1 if visit is None else visit, f"      BROKEN {text}")

    def _write(self, visit: int, line: str) -> None:
        line = f"{time.monotonic() - self._began:7.2f} {line}"
        self.outcome.trace.append((visit, line))
        # Written at once, so that a run that hangs or is stopped can be read too.
        with self._trace.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    # ---- What the auditor does ----

    def _open(self, step: Step) -> str:
        sight = self._auditor.open(step.visit, anew=True)
        return "sent before" if sight.is_sent else sight.word or "not opened"

    def _answer(self, step: Step) -> str:
        assert step.touch is not None
        return self._auditor.answer(step.visit, step.touch, waits=step.waits)

    def _reload(self, _step: Step) -> str:
        visit = self._auditor.find_visit_on_screen()
        try:
            self._phone.page.reload(wait_until="domcontentloaded")
        except Error:
            return "nothing came"
        if visit is None:
            self._auditor.check_marks(self._phone.look())
            return "no visit"
        return self._auditor.inspect(visit).word

    def _open_second_tab(self, step: Step) -> str:
        if not self._auditor.open(step.visit).is_open:
            return "closed"
        self._other_tab, self._phone.page = self._phone.page, self._phone.open_tab()
        if not self._phone.go(self._auditor.tasks[step.visit].path):
            return "nothing came"
        sight = self._phone.wait_until(lambda seen: bool(seen.mark))
        self._auditor.check_marks(sight, step.visit)
        if sight.is_open and sight.word in PROMISES:
            self._fail(step.visit, "two tabs may write to one visit")
        return sight.word

    def _take_over(self, step: Step) -> str:
        """Go on in the second tab, or close it; whichever tab was robbed must take no answer any more."""
        first, second = self._other_tab, self._phone.page
        self._other_tab = None
        if first is None or first.is_closed():
            return "no second tab"
        visit = self._auditor.find_visit_on_screen()
        if visit is None or step.number % 3 == 0 or not self._phone.press("#ways button"):
            with suppress(Error):
                second.close()
            self._phone.page = first
            return "closed again"
        taken = self._phone.wait_until(lambda seen: seen.word in PROMISES)
        self._phone.page = first
        robbed = self._phone.look()
        self._phone.page = second
        if taken.word in PROMISES and robbed.is_open:
            self._fail(visit, f"the robbed tab still takes answers and says {robbed.said!r}")
        with suppress(Error):
            first.close()
        self._auditor.inspect(visit)
        return f"taken, {taken.word}"

    def _change_user(self, step: Step) -> str:
        self._wake_server()
        signed_out = self._phone.sign_out()
        self._auditor.change(step.person)
        return f"{self._sign_in(step)}{'' if signed_out else ', was not signed in'}"

    def _sign_in(self, step: Step) -> str:
        self._wake_server()
        self._auditor.name, self._auditor.signs_in = step.person, True
        if self._phone.is_offline:
            return "no network"
        for _try in range(TRIES_TO_SIGN_IN):
            if self._phone.sign_in(ADDRESSES[step.person]):
                self._auditor.check_marks(self._phone.look())
                return "done"
            # Its server may have died in the midst of it.
            self._wake_server()
            self._stage.forgive_attempts()
        self._fail(None, f"{step.person} cannot sign in: {self._phone.page.url}")
        return "failed"

    # ---- What happens to the auditor ----

    def _assign(self, step: Step) -> str:
        checklist = self._checklist(step.checklist)
        self._stage.assign(step.visit, step.person, step.checklist, checklist)
        assignment, user = self._stage.assignments[step.visit], self._stage.people[step.person]
        version = self._stage.version_of(step.visit)
        planned = Planned(step.visit, step.person, user, assignment, checklist)
        path = f"/capture/{derive_visit_id(assignment, user)}/{version}"
        self._auditor.tasks[step.visit] = Task(path, planned)
        return "done"

    def _publish(self, step: Step) -> str:
        for person in self._stage.people:
            self._stage.publish(person, step.checklist, self._checklist(step.checklist))
        return "done"

    def _kill_browser(self, _step: Step) -> str:
        self._phone.kill()
        # Whoever finds the phone can read nothing in it.
        if not self._has_posted() and (readable := find_plain_words(self._phone.profile, PLAIN)):
            self._fail(None, f"what was entered can be read in {readable}")
        self._phone.start()
        self._other_tab = None
        return "done"

    def _set_offline(self, is_offline: bool) -> None:
        self._phone.set_offline(is_offline)
        self._auditor.is_cut_off = is_offline or self._is_down

    def _has_posted(self) -> bool:
        """Whether a page that could keep nothing has posted its form: browsers keep those to repeat them."""
        notes = self._server.box.list_notes("requests")
        return any(PLAIN_FORM.match(note["request"]) for note in notes)

    def _kill_server(self, _step: Step) -> str:
        self._is_down = self._auditor.is_cut_off = True
        self._server.kill()
        return "done"

    def _deploy(self, _step: Step) -> str:
        self._wake_server()
        self._server.deploy()
        return "done"

    def _end_session(self, step: Step) -> str:
        self._auditor.signs_in = False
        self._stage.end_sessions(step.person)
        return "done"

    def _arm(self, step: Step) -> str:
        assert step.fault is not None
        self._server.box.arm(step.number, step.fault)
        return f"armed {step.fault.kind}"

    def _wake_server(self) -> None:
        self._is_down = False
        self._auditor.is_cut_off = self._phone.is_offline
        self._server.start()

    def _checklist(self, name: str) -> Checklist:
        slug, _at, number = name.partition("@")
        return self._short[int(number)] if number else self._long[slug]

    # ---- Afterwards ----

    def _calm(self) -> None:
        """Take every trouble away, let each person finish what is open, and wait until all has arrived."""
        self._server.box.disarm()
        self._set_offline(False)
        self._wake_server()
        self._phone.go("/capture")
        self._phone.set_full(False)
        tasks = self._auditor.tasks
        for person in sorted({task.planned.person for task in tasks.values()}):
            self._steps += 1
            self._change_user(Step(self._steps, Action.CHANGE_USER, person))
            own = [visit for visit, task in tasks.items() if task.planned.person == person]
            for visit in own:
                if not self._auditor.ledger.visits[visit].is_sent:
                    self._note(visit, f"      calm, visit {visit}", self._auditor.finish(visit), "calm")
            self._wait_for_arrival([tasks[visit] for visit in own])
        self._check_store()

    def _wait_for_arrival(self, own: list[Task]) -> None:
        deadline = time.monotonic() + SECONDS_TO_ARRIVE
        plan = [task.planned for task in own]
        while (missing := self._stage.list_missing(plan)) and time.monotonic() < deadline:
            self._phone.go("/capture")
            self._phone.wait(2)
        rows = self._phone.read_store()["drafts"] if missing else []
        for task in own:
            if task.planned in missing:
                there = [row for row in rows if row["visit"] == task.id]
                self._fail(task.planned.visit, f"did not arrive; on the phone: {there or 'nothing'}")

    def _check_store(self) -> None:
        """Nothing that was entered is left on the phone."""
        self._phone.go("/capture")
        deadline = time.monotonic() + SECONDS_TO_EMPTY
        while (kept := self._phone.list_content()) and time.monotonic() < deadline:
            self._phone.wait(1)
        if kept:
            self._fail(None, f"the phone still keeps {kept}")

    def _judge(self) -> None:
        plan = {visit: task.planned for visit, task in self._auditor.tasks.items()}
        with self._stage.open():
            self.outcome.failures += judge_visits(plan, self._auditor.ledger)
        for note in self._server.box.list_notes("failed"):
            self._fail(None, f"the server failed: {note['request']} {note['status']}")
        for error in self._phone.errors:
            self._fail(None, f"a page complained: {error}")
        struck = self._server.box.list_notes("struck")
        self.outcome.outcomes.update(f"struck: {note['kind']} on {note['target']}" for note in struck)
        self.outcome.outcomes.update(
            {"server: lives": self._server.starts, "browser: lives": self._phone.lives}
        )
        ledger = self._auditor.ledger
        self.outcome.gestures, self.outcome.acknowledged = ledger.entered, ledger.acknowledged


def _call(act: Callable[[Run, Step], object]) -> Callable[[Run, Step], str]:
    """A handler whose step has nothing to tell."""

    def handle(run: Run, step: Step) -> str:
        act(run, step)
        return "done"

    return handle


HANDLERS: Mapping[Action, Callable[[Run, Step], str]] = {
    Action.ASSIGN: Run._assign,
    Action.LIST: lambda run, _step: run._auditor.open_list(),
    Action.OPEN: Run._open,
    Action.ANSWER: Run._answer,
    Action.PHOTO: lambda run, step: run._auditor.take_photo(step.visit, step.photo, waits=step.waits),
    Action.REMOVE_PHOTO: lambda run, step: run._auditor.remove_photo(step.visit, step.photo),
    Action.NOTE: lambda run, step: run._auditor.write_note(step.visit, step.number, waits=step.waits),
    Action.SEND: lambda run, step: run._auditor.finish(step.visit),
    Action.RELOAD: Run._reload,
    Action.SECOND_TAB: Run._open_second_tab,
    Action.TAKE_OVER: Run._take_over,
    Action.OFFLINE: _call(lambda run, _step: run._set_offline(True)),
    Action.ONLINE: _call(lambda run, _step: run._set_offline(False)),
    Action.KILL_BROWSER: Run._kill_browser,
    Action.KILL_SERVER: Run._kill_server,
    Action.START_SERVER: _call(lambda run, _step: run._wake_server()),
    Action.FAULT: Run._arm,
    Action.CHANGE_USER: Run._change_user,
    Action.END_SESSION: Run._end_session,
    Action.SIGN_IN: Run._sign_in,
    Action.PUBLISH: Run._publish,
    Action.DEPLOY: Run._deploy,
    Action.SKEW: _call(lambda run, step: run._phone.shift_clock(step.hours)),
    Action.FILL_STORAGE: _call(lambda run, _step: run._phone.set_full(True)),
    Action.FREE_STORAGE: _call(lambda run, _step: run._phone.set_full(False)),
    Action.PAUSE: _call(
        lambda run, step: run._phone.wait(run._auditor.random("pause", step.number).uniform(0.3, 2.5))
    ),
}
