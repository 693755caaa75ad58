"""The auditor: answers, takes photos and sends, believes what the screen says, and writes all of it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from checklists.definition import Question
from tests.torture.ledger import Ledger, PhotoLog
from tests.torture.phone import Phone
from tests.torture.pictures import draw_number
from tests.torture.screen import Sight
from tests.torture.stage import ADDRESSES
from tests.torture.touches import Touch, find_question, touch_employee, touch_moment, touch_question
from tests.torture.verdict import MARK, Planned

# The words of the status line that say: what you entered is on this phone.
PROMISES = frozenset({"kept", "queued", "signed_out", "stuck", "clash"})
ROUNDS_TO_FINISH = 60
ROUNDS_TO_SEND = 4
# Photos that a page still asks for before it sends have numbers of their own.
FIRST_EXTRA_PHOTO = 40_000
LARGE_PHOTO_EVERY = 4


@dataclass(frozen=True)
class Task:
    """A visit that an auditor is to make: where its page is, and what the plan says of it."""

    path: str
    planned: Planned

    @property
    def id(self) -> str:
        """The id of the visit, as the phone knows it."""
        return self.path.split("/")[2]


class Auditor:
    """Whoever holds the phone; ``complain`` is told of each broken promise that is seen at once."""

    def __init__(
        self, seed: int, phone: Phone, folder: Path, complain: Callable[[int | None, str], None]
    ) -> None:
        self.name = ""
        self.ledger = Ledger()
        self.tasks: dict[int, Task] = {}
        self._seed = seed
        self._phone = phone
        self._folder = folder
        self._complain = complain
        self._extra_photos = 0
        # Somebody whose session was ended behind his back goes on for a while without signing in.
        self.signs_in = True
        self.is_cut_off = False
        self._ready: set[int] = set()

    def random(self, purpose: str, number: int) -> Random:
        """Chance that depends on the seed and on what it is for, and not on what happened before."""
        return Random(f"{self._seed} {purpose} {number}")

    # ---- Looking ----

    def find_visit_on_screen(self) -> int | None:
        """The visit whose page is open."""
        path = self._phone.look().path
        return next((visit for visit, task in self.tasks.items() if task.path == path), None)

    def open(self, visit: int, *, anew: bool = False) -> Sight:
        """The page of a visit, opened unless it is on the screen; an empty sight if it does not come."""
        sight = self._phone.look()
        if sight.path == self.tasks[visit].path and not anew:
            return sight
        came = self._phone.go(self.tasks[visit].path)
        if came and self.signs_in and "/sign-in" in self._phone.page.url:
            # A phone that is killed forgets a fresh session.
            came = self._phone.sign_in(ADDRESSES[self.name]) and self._phone.go(self.tasks[visit].path)
        sight = self.inspect(visit) if came else Sight()
        if self.is_cut_off and visit in self._ready and not (sight.is_sheet or sight.is_sent):
            self._complain(visit, f"was called ready without a network, and does not open: {sight.path}")
        return sight

    def open_list(self) -> str:
        """Open the list of visits, and wait a little until they are ready for a place without a network."""
        came = self._phone.go("/capture")
        sight = self._phone.look()
        self.check_marks(sight)
        if not came or sight.page != "lists":
            return "another page" if came else "nothing came"
        ready = self._phone.wait_until_ready()
        self._ready |= {visit for visit, task in self.tasks.items() if task.id in ready}
        return f"{min(len(ready), 1)} ready" if not self.is_cut_off else "cut off"

    def change(self, name: str) -> None:
        """Hand the phone to another person; what was ready for the one before is not for him."""
        self.name = name
        self._ready.clear()

    def inspect(self, visit: int) -> Sight:
        """Wait until the page of a visit has opened, and see whether it shows what was kept."""
        self._phone.wait_until(lambda seen: bool(seen.mark) or seen.is_sent or not seen.is_sheet, seconds=8)
        sight = self._phone.wait_until(lambda seen: seen.word != "keeping", seconds=4)
        self.check_marks(sight, visit)
        if sight.word == "clash":
            self._complain(visit, "there is a clash, and nobody had a second phone")
        if sight.is_sheet and sight.word in PROMISES:
            for loss in self.ledger.list_losses(visit, sight.fields):
                self._complain(visit, f"opened, {loss}")
        return sight

    def check_marks(self, sight: Sight, visit: int | None = None) -> None:
        """Complain when the screen shows words of another person, or of another visit than its own."""
        for person, number in sorted(set(MARK.findall(sight.text))):
            if person != self.name or (visit is not None and sight.is_sheet and int(number) != visit):
                self._complain(
                    visit, f"{self.name} is shown words of {person}'s visit {int(number)} at {sight.path}"
                )

    def see_kept(self, visit: int, touched: str = "", *, waits: bool) -> str:
        """Look at the screen after a gesture, and write down what it shows and promises."""
        sight = self._phone.look()
        if not sight.is_sheet:
            return "gone"
        self.ledger.enter(visit, sight.fields, touched)
        if waits and sight.mark != "●":
            sight = self._phone.wait_until(lambda seen: seen.mark in ("●", "▲") or not seen.is_sheet)
        if sight.word in PROMISES and sight.is_sheet:
            self.ledger.acknowledge(visit)
        return sight.word or sight.mark or "nothing said"

    # ---- Doing ----

    def answer(self, visit: int, touch: Touch, *, waits: bool) -> str:
        """Touch a field; says what the status line says then, or why it could not be touched."""
        sight = self.open(visit)
        if not sight.is_open:
            return "sent before" if sight.is_sent else f"closed, {sight.word}"
        if not self._phone.touch(touch):
            return "not possible"
        return self.see_kept(visit, touch.name, waits=waits)

    def take_photo(self, visit: int, number: int, *, waits: bool) -> str:
        """Take a photo for one of the questions that always take some."""
        sight = self.open(visit)
        if not sight.is_open:
            return "sent before" if sight.is_sent else f"closed, {sight.word}"
        takers = [
            each.id
            for each in self.tasks[visit].planned.checklist.questions()
            if each.show_if is None and (each.kind == "photo" or each.evidence.photo != "none")
        ]
        question = self.random("taker", number).choice(takers)
        return self._choose_photo(visit, question, number, waits=waits)

    def remove_photo(self, visit: int, number: int) -> str:
        """Remove a photo again; what was not called kept afterwards may arrive or not."""
        log = self.ledger.visits[visit].photos.get(number)
        sight = self.open(visit)
        if log is None or not sight.is_open:
            return "not there"
        self.note_photos(visit)
        for known in reversed(log.hashes):
            if self._phone.press(f"#sheet button[value^='remove:{known}']"):
                said = self.see_kept(visit, waits=True)
                log.is_removed, log.is_kept = said in PROMISES, False
                return said
        return "not possible"

    def write_note(self, visit: int, number: int, *, waits: bool) -> str:
        """Write a note as during the visit, on the screen that is made for it."""
        if not self._phone.go(f"{self.tasks[visit].path}/notes"):
            return "nothing came"
        text = f"{number} mark-{self.name}-{visit:04} heard"
        if not self._phone.write_note(text):
            return "not possible"
        notes = self.ledger.visits[visit].notes
        notes[text] = False
        if waits:
            sight = self._phone.wait_until(lambda seen: text[:24] in seen.said or seen.mark == "▲")
            notes[text] = text[:24] in sight.said and sight.mark != "▲"
        return "kept" if notes[text] else "not looked at"

    def finish(self, visit: int) -> str:
        """Answer what is open, as the page points it out, and send."""
        sight = self.open(visit)
        if sight.word == "clash":
            self._phone.press("#ways button")
            sight = self._phone.wait_until(lambda seen: seen.word != "clash")
        rng = self.random("finish", visit)
        for _round in range(ROUNDS_TO_FINISH):
            if not sight.is_open or not sight.next:
                break
            self._answer_anchor(visit, sight.next, rng)
            sight = self._phone.look()
        return self._send(visit, sight, rng)

    def _send(self, visit: int, sight: Sight, rng: Random) -> str:
        for _round in range(ROUNDS_TO_SEND):
            if not sight.is_open:
                break
            self.note_photos(visit)
            if not self._phone.press("#finish button.main"):
                break
            sight = self._phone.wait_until(is_decided, seconds=12)
            if sight.is_sent or sight.word == "queued":
                self.ledger.visits[visit].is_sent = True
                return "sent" if sight.is_sent else "queued"
            for anchor in sight.problems:
                self._answer_anchor(visit, anchor, rng)
            sight = self._phone.look()
        return "sent before" if sight.is_sent else f"not sent, {sight.word or sight.page}"

    def note_photos(self, visit: int) -> None:
        """Write down under which ids the phone keeps a visit's photos, and see that the bytes are right."""
        chosen = {each.original_sha256: each for each in self.ledger.visits[visit].photos.values()}
        for kept in self._phone.read_photos(self.tasks[visit].id):
            log = chosen.get(kept["original"])
            if log is None:
                self._complain(visit, f"the store has a photo that was never chosen: {kept}")
                continue
            log.hashes[kept["id"]] = kept["sha256"]
            if kept["real"] not in (kept["sha256"], None):
                self._complain(visit, f"photo {log.number} has other bytes in the store than its hash says")

    def _choose_photo(self, visit: int, question: str, number: int, *, waits: bool) -> str:
        content = draw_number(number, large=number % LARGE_PHOTO_EVERY == 0)
        path = self._folder / f"picture-{number}.jpg"
        path.write_bytes(content)
        if not self._phone.choose_photo(question, path):
            return "not possible"
        log = self.ledger.choose_photo(visit, question, number, content)
        said = self.see_kept(visit, waits=waits)
        if said in PROMISES:
            self._note_kept_photo(visit, log)
        return said

    def _note_kept_photo(self, visit: int, log: PhotoLog) -> None:
        self.note_photos(visit)
        log.is_kept = bool(log.hashes)
        if not log.is_kept and self._phone.look().is_open:
            self._complain(visit, f"photo {log.number} was called kept and is not in the store")

    def _answer_anchor(self, visit: int, anchor: str, rng: Random) -> None:
        planned = self.tasks[visit].planned
        mark = f"mark-{planned.person}-{visit:04}"
        question = find_question(planned.checklist, anchor)
        touches = {"when": touch_moment(rng), "whom": touch_employee(mark)}.get(anchor, [])
        if question is not None:
            touches = touch_question(question, rng, mark)
        for touch in touches:
            if self._phone.touch(touch):
                self.see_kept(visit, touch.name, waits=True)
        if question is not None and self._wants_photo(visit, question):
            self._extra_photos += 1
            self._choose_photo(visit, question.id, FIRST_EXTRA_PHOTO + self._extra_photos, waits=True)

    def _wants_photo(self, visit: int, question: Question) -> bool:
        photos = self.ledger.visits[visit].photos.values()
        has_some = any(each.question == question.id and each.is_kept for each in photos)
        return question.kind == "photo" or (question.evidence.photo == "required" and not has_some)


def is_decided(sight: Sight) -> bool:
    """Whether the page has said what became of the sending."""
    return sight.is_sent or sight.mark == "▲" or sight.word == "queued" or bool(sight.problems)
