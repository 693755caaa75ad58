"""The schedule: a seeded list of steps, fixed before anything runs, so that a seed means the same each time.

Nothing here knows what happens on the phone: a step that turns out to be impossible is passed over, and the
next one is the same as it would have been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from checklists.definition import Checklist
from tests.torture.faults import Fault, FaultKind, Target
from tests.torture.touches import Touch, touch_employee, touch_moment, touch_question

PEOPLE = ("alpha", "beta", "gamma")
MOST_AT_ONCE = 3
VISITS_A_WAVE = 6
MOST_VERSIONS = 4


class Action(StrEnum):
    """What happens in one step."""

    ASSIGN = "assign"
    LIST = "list"
    OPEN = "open"
    ANSWER = "answer"
    PHOTO = "photo"
    REMOVE_PHOTO = "remove_photo"
    NOTE = "note"
    SEND = "send"
    RELOAD = "reload"
    SECOND_TAB = "second_tab"
    TAKE_OVER = "take_over"
    OFFLINE = "offline"
    ONLINE = "online"
    KILL_BROWSER = "kill_browser"
    KILL_SERVER = "kill_server"
    START_SERVER = "start_server"
    FAULT = "fault"
    CHANGE_USER = "change_user"
    END_SESSION = "end_session"
    SIGN_IN = "sign_in"
    PUBLISH = "publish"
    DEPLOY = "deploy"
    SKEW = "skew"
    FILL_STORAGE = "fill_storage"
    FREE_STORAGE = "free_storage"
    PAUSE = "pause"


@dataclass(frozen=True)
class Step:
    """One step. ``waits`` says whether the thumb looks at the screen before it goes on."""

    number: int
    action: Action
    person: str
    visit: int = -1
    checklist: str = ""
    touch: Touch | None = None
    photo: int = -1
    waits: bool = True
    fault: Fault | None = None
    hours: int = 0

    def describe(self) -> str:
        """The step on one line."""
        parts = [f"{self.number:5} {self.action} {self.person}"]
        parts += [f"visit {self.visit}"] if self.visit >= 0 else []
        if self.touch:
            parts.append(f"{self.touch.how} {self.touch.name}[{self.touch.box}] {self.touch.value!r}")
        parts += [f"photo {self.photo}"] if self.photo >= 0 else []
        parts += [f"{self.fault.kind} on {self.fault.target} {self.fault.seconds}"] if self.fault else []
        parts += [f"{self.hours:+} h"] if self.hours else []
        parts += [] if self.waits else ["without looking"]
        return ", ".join(parts)


# How often each trouble comes, in times a visit.
RATES: Mapping[Action, float] = {
    Action.RELOAD: 0.4,
    Action.SECOND_TAB: 0.12,
    Action.OFFLINE: 0.25,
    Action.KILL_BROWSER: 0.2,
    Action.KILL_SERVER: 0.12,
    Action.FAULT: 0.6,
    Action.CHANGE_USER: 0.1,
    Action.END_SESSION: 0.05,
    Action.DEPLOY: 0.04,
    Action.PUBLISH: 0.04,
    Action.SKEW: 0.08,
    Action.FILL_STORAGE: 0.12,
    Action.LIST: 0.2,
    Action.PAUSE: 0.1,
}
# After how many steps a trouble that lasts is over, and what ends it.
LASTING: Mapping[Action, tuple[int, int, Action]] = {
    Action.OFFLINE: (4, 40, Action.ONLINE),
    Action.KILL_SERVER: (2, 15, Action.START_SERVER),
    Action.FILL_STORAGE: (1, 5, Action.FREE_STORAGE),
    Action.SECOND_TAB: (1, 4, Action.TAKE_OVER),
    Action.END_SESSION: (4, 30, Action.SIGN_IN),
}
STEPS_A_VISIT = 16
SKEWS = (-25, -3, 0, 0, 1, 25)
LONG_EVERY = 16


@dataclass
class Thread:
    """The steps of one visit that are still to come."""

    visit: int
    checklist: str
    steps: list[Step]


@dataclass
class Writer:
    """What the schedule knows while it is written."""

    rng: Random
    checklists: Mapping[str, Checklist]
    long_names: tuple[str, ...]
    person: str = PEOPLE[0]
    version: int = 1
    photos: int = 0
    steps: list[Step] = field(default_factory=list)
    ends: dict[Action, int] = field(default_factory=dict)
    waiting: dict[str, list[Thread]] = field(default_factory=dict)
    open: dict[str, list[Thread]] = field(default_factory=dict)
    at_hand: dict[str, Thread | None] = field(default_factory=dict)

    def emit(self, action: Action, **details: object) -> None:
        """Append a step."""
        self.steps.append(Step(len(self.steps), action, self.person, **details))  # type: ignore[arg-type]  # Checked by Step's users.

    def end(self, trouble: Action) -> None:
        """End a lasting trouble, if there is one."""
        if self.ends.pop(trouble, None) is not None:
            self.emit(LASTING[trouble][2])


def write_schedule(
    seed: int, visits: int, *, short: Mapping[int, Checklist], long: Mapping[str, Checklist]
) -> list[Step]:
    """The steps of a run: ``short`` holds the versions of the short checklist, ``long`` the library's."""
    checklists = {f"torture@{number}": checklist for number, checklist in short.items()} | dict(long)
    writer = Writer(Random(f"schedule {seed}"), checklists, tuple(long))
    writer.waiting = {person: [] for person in PEOPLE}
    writer.open = {person: [] for person in PEOPLE}
    writer.at_hand = dict.fromkeys(PEOPLE)
    dealt = 0
    writer.emit(Action.SIGN_IN)
    while dealt < visits or any(writer.waiting.values()) or any(writer.open.values()):
        _end_troubles(writer)
        if not writer.waiting[writer.person] and not writer.open[writer.person]:
            dealt = _deal_or_change(writer, dealt, visits)
            continue
        _trouble(writer)
        _walk_on(writer)
    for trouble in list(writer.ends):
        writer.end(trouble)
    return writer.steps


def count_actions(steps: list[Step]) -> Counter[str]:
    """How often each action occurs; faults are counted by their kind as well."""
    counts = Counter(str(step.action) for step in steps)
    counts.update(f"fault {step.fault.kind}" for step in steps if step.fault)
    return counts


def _end_troubles(writer: Writer) -> None:
    for trouble, last in list(writer.ends.items()):
        if len(writer.steps) >= last:
            writer.end(trouble)


def _deal_or_change(writer: Writer, dealt: int, visits: int) -> int:
    """Give the person new visits, or hand the phone to somebody who has some."""
    busy = [person for person in PEOPLE if writer.waiting[person] or writer.open[person]]
    if dealt >= visits or (busy and writer.rng.random() < 0.5):
        _change_user(writer, writer.rng.choice(busy))
        return dealt
    wave = min(VISITS_A_WAVE, visits - dealt)
    # A new wave is seen by a phone that is on-line and signed in.
    _connect(writer)
    for visit in range(dealt, dealt + wave):
        name = _choose_checklist(writer, visit)
        writer.emit(Action.ASSIGN, visit=visit, checklist=name)
        thread = Thread(visit, name, list(_write_thread(writer, visit, name)))
        writer.waiting[writer.person].append(thread)
    writer.emit(Action.LIST)
    return dealt + wave


def _choose_checklist(writer: Writer, visit: int) -> str:
    if writer.long_names and visit % LONG_EVERY == LONG_EVERY - 1:
        return writer.long_names[visit // LONG_EVERY % len(writer.long_names)]
    return f"torture@{writer.version}"


def _connect(writer: Writer) -> None:
    for trouble in (
        Action.OFFLINE,
        Action.KILL_SERVER,
        Action.FILL_STORAGE,
        Action.SECOND_TAB,
        Action.END_SESSION,
    ):
        writer.end(trouble)


def _change_user(writer: Writer, person: str) -> None:
    _connect(writer)
    writer.person = person
    writer.emit(Action.CHANGE_USER)
    # Who takes over a phone looks at his list, as a rule.
    if writer.rng.random() < 0.7:
        writer.emit(Action.LIST)


def _trouble(writer: Writer) -> None:
    for action, rate in RATES.items():
        if writer.rng.random() < rate / STEPS_A_VISIT and action not in writer.ends:
            _emit_trouble(writer, action)


def _emit_trouble(writer: Writer, action: Action) -> None:
    rng = writer.rng
    if action is Action.CHANGE_USER:
        _change_user(writer, rng.choice([person for person in PEOPLE if person != writer.person]))
    elif action is Action.FAULT:
        writer.emit(action, fault=_choose_fault(rng))
    elif action is Action.SKEW:
        writer.emit(action, hours=rng.choice(SKEWS))
    elif action is Action.PUBLISH:
        if f"torture@{writer.version + 1}" in writer.checklists:
            writer.version += 1
            writer.emit(action, checklist=f"torture@{writer.version}")
    elif action is Action.SECOND_TAB:
        thread = writer.at_hand[writer.person]
        if thread is not None:
            _last(writer, action)
            writer.emit(action, visit=thread.visit)
    else:
        _last(writer, action)
        writer.emit(action)


def _last(writer: Writer, action: Action) -> None:
    if action in LASTING:
        least, most, _end = LASTING[action]
        writer.ends[action] = len(writer.steps) + writer.rng.randint(least, most)


def _choose_fault(rng: Random) -> Fault:
    kind = rng.choice(list(FaultKind))
    target = rng.choices(list(Target), weights=(5, 4, 4, 1, 1))[0]
    seconds = {FaultKind.HANG: rng.uniform(2, 8), FaultKind.SLOW: rng.uniform(0.2, 1.5)}.get(kind, 0.0)
    return Fault(kind, target, round(seconds, 2))


def _walk_on(writer: Writer) -> None:
    """The next step of the visit at hand, or of another one."""
    person = writer.person
    here, waiting = writer.open[person], writer.waiting[person]
    thread = writer.at_hand[person]
    if thread not in here or writer.rng.random() < 0.05:
        if waiting and (not here or (len(here) < MOST_AT_ONCE and writer.rng.random() < 0.3)):
            here.append(waiting.pop(0))
            thread = here[-1]
        else:
            thread = writer.rng.choice(here) if here else None
    writer.at_hand[person] = thread
    if thread is None:
        return
    step = thread.steps.pop(0)
    details = {name: getattr(step, name) for name in ("touch", "photo", "waits", "checklist")}
    writer.emit(step.action, visit=thread.visit, **details)
    if not thread.steps:
        here.remove(thread)


def _write_thread(writer: Writer, visit: int, name: str) -> Iterator[Step]:
    """The visit's own steps: open, answer in a slightly disturbed order, take photos, send."""
    rng, checklist = writer.rng, writer.checklists[name]
    middle: list[Step] = []
    for touches in _list_touches(rng, checklist, writer.person, visit):
        middle += [Step(0, Action.ANSWER, "", touch=touch, waits=rng.random() < 0.85) for touch in touches]
    for _photo in range(rng.choice((1, 1, 2))):
        writer.photos += 1
        photo = Step(0, Action.PHOTO, "", photo=writer.photos, waits=rng.random() < 0.9)
        at = rng.randint(0, len(middle))
        middle.insert(at, photo)
        if rng.random() < 0.1:
            middle.insert(
                rng.randint(at + 1, len(middle)), Step(0, Action.REMOVE_PHOTO, "", photo=writer.photos)
            )
    for _note in range(rng.choice((0, 0, 0, 1, 2))):
        middle.insert(rng.randint(0, len(middle)), Step(0, Action.NOTE, "", waits=rng.random() < 0.8))
    yield Step(0, Action.OPEN, "", checklist=name)
    yield from middle
    yield Step(0, Action.SEND, "", checklist=name)


def _list_touches(rng: Random, checklist: Checklist, person: str, visit: int) -> Iterator[list[Touch]]:
    mark = f"mark-{person}-{visit:04}"
    groups = (
        [touch_moment(rng), touch_employee(mark)] if checklist.channel == "visit" else [touch_moment(rng)]
    )
    questions = [each for each in checklist.questions() if each.show_if is None]
    for question in questions:
        # A long list is finished by the last look at it before it is sent.
        if len(questions) < STEPS_A_VISIT or rng.random() < 0.3:
            groups.append(touch_question(question, rng, mark))
        if rng.random() < 0.12:
            groups.append(touch_question(question, rng, f"{mark}-again"))
    if rng.random() < 0.3:
        rng.shuffle(groups)
    yield from groups
