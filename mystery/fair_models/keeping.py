"""Keeping fitted models in this process until their data change, each fitted once whoever else asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from mystery.database import db
from mystery.fair_models.revision import read_revision
from mystery.fair_models.rows import ReadVisits, VisitPlace, read_visits
from mystery.fair_models.scope import FairScope
from mystery.fair_models.sections import SectionSums, read_section_sums
from reports.collector import collector_at_rest
from reports.common_scores import CommonPlan
from reports.comparison import collation_key
from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import FairComparison, FairPerson, FairVisit, Figure

VISITS_KEPT = 200_000
"""Bounds the memory: a visit takes about a kilobyte in a fitted model."""


class DescribedPeople:
    """A model with the people described so far: each once a figure, since a small programme takes seconds."""

    def __init__(self, model: FairModel) -> None:
        self.model = model
        self._lock = Lock()
        self._heads: dict[Figure, FairComparison] = {}
        self._people: dict[tuple[Figure, str], FairPerson] = {}

    def describe(self, figure: Figure, people: Collection[str]) -> FairComparison:
        """The figures of these people, as `FairModel.describe` gives them but in no order of their own."""
        with self._lock:
            missing = {person for person in people if (figure, person) not in self._people}
            if missing or figure not in self._heads:
                found = self.model.describe(figure, people=missing)
                self._people |= {(figure, person.employee): person for person in found.people}
                self._heads[figure] = replace(found, people=())
            known = (self._people.get((figure, person)) for person in people)
            return replace(
                self._heads[figure], people=tuple(person for person in known if person is not None)
            )


@dataclass(frozen=True)
class KeptModel:
    """A model with the data revision it was fitted to.

    Employees, shops and auditors are in it by their ids; nobody's name is. ``places`` tells where and when
    each visit was. ``plan`` says how versions were made comparable, and ``not_comparable`` has the visits
    whose version could not be (SC-20).
    """

    scope: FairScope
    revision: str
    described: DescribedPeople
    places: Mapping[str, VisitPlace]
    plan: CommonPlan | None
    not_comparable: tuple[str, ...]

    def describe(
        self, figure: Figure, names: Mapping[str, str], *, people: Collection[str] | None = None
    ) -> FairComparison:
        """The figures of the employees in ``names``, or of those in ``people`` alone, in the order of names.

        ``names`` has the names as they are now, or what stands for them, by employee id.
        """
        asked = names.keys() if people is None else names.keys() & set(people)
        found = self.described.describe(figure, asked)
        named = [replace(person, name=names[person.employee]) for person in found.people]
        return replace(
            found, people=tuple(sorted(named, key=lambda each: (collation_key(each.name), each.employee)))
        )

    @property
    def model(self) -> FairModel:
        """The fitted model itself."""
        return self.described.model

    @cached_property
    def by_employee(self) -> Mapping[str, Sequence[FairVisit]]:
        """All visits about each employee, counted or not, in any order."""
        found: dict[str, list[FairVisit]] = {}
        for visit in self.model.visits:
            found.setdefault(visit.employee, []).append(visit)
        return found

    def list_visits(self, employee: str) -> list[FairVisit]:
        """All visits about an employee, counted or not, by date; none about somebody unknown."""
        own = self.by_employee.get(employee, ())
        return sorted(own, key=lambda each: (self.places[each.visit].visited_on, each.visit))

    @cached_property
    def section_sums(self) -> SectionSums:
        """The sums of the sections, read when first asked for."""
        with collector_at_rest():
            return read_section_sums(self.scope, self.model.counted)


class ModelShelf:
    """The models of one database, the longest unused given up first; safe to ask from several threads."""

    def __init__(self, most_visits: int = VISITS_KEPT) -> None:
        self.most_visits = most_visits
        self._lock = Lock()
        self._models: OrderedDict[tuple[FairScope, str], Future[KeptModel]] = OrderedDict()

    def find(
        self,
        scope: FairScope,
        revision: str,
        make: Callable[[], KeptModel],
        *,
        before_waiting: Callable[[], None],
    ) -> KeptModel:
        """The model of a scope at a revision, made by the first who asks; others let go and wait for it."""
        key = (scope, revision)
        with self._lock:
            kept = self._models.get(key)
            is_mine = kept is None
            if kept is None:
                kept = self._models[key] = Future()
            self._models.move_to_end(key)
        if is_mine:
            self._make(key, kept, make)
        elif not kept.done():
            before_waiting()
        return kept.result()

    def __len__(self) -> int:
        """How many models are kept or being made."""
        return len(self._models)

    def _make(
        self, key: tuple[FairScope, str], promised: Future[KeptModel], make: Callable[[], KeptModel]
    ) -> None:
        try:
            promised.set_result(make())
        except BaseException as error:
            with self._lock:
                self._models.pop(key, None)
            promised.set_exception(error)
            return
        with self._lock:
            self._give_up(key)

    def _give_up(self, newest: tuple[FairScope, str]) -> None:
        """Drop what an older revision made of the same scope, then the longest unused beyond the bound."""
        for key in [key for key in self._models if key[0] == newest[0] and key != newest]:
            if self._models[key].done():
                del self._models[key]
        weights = {key: len(kept.result().model.visits) for key, kept in self._models.items() if kept.done()}
        for key in list(weights):
            if sum(weights.values()) > self.most_visits and key != newest:
                del self._models[key], weights[key]


_shelves: WeakKeyDictionary[object, ModelShelf] = WeakKeyDictionary()


def find_model(scope: FairScope) -> KeptModel:
    """The fitted model of a scope as the data are now.

    Where it has to be fitted, or waited for, the transaction is ended first: nobody shall hold a lock that
    long. Whoever is going to write therefore asks for the model before he begins.
    """
    shelf = _shelves.setdefault(db.engine.pool, ModelShelf())
    revision = read_revision(scope.company_id)
    return shelf.find(scope, revision, lambda: _fit(scope, revision), before_waiting=db.session.rollback)


def _fit(scope: FairScope, revision: str) -> KeptModel:
    with collector_at_rest():
        read: ReadVisits = read_visits(scope)
        db.session.rollback()
        model = fit_fairly(read.visits)
    return KeptModel(scope, revision, DescribedPeople(model), read.places, read.plan, read.not_comparable)
