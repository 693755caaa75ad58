"""Standards over a period: kept k of n, what goes well, and what repeats."""

from dataclasses import replace

from reports.standard_records import StandardRecord, build_records, pick_repeated_misses, pick_strengths
from tests.reports.period_samples import make_period, worked_visit
from tests.reports.samples import sample_checklist
from tests.reports.test_trends import harder


def record_of(records: tuple[StandardRecord, ...], question: str) -> StandardRecord:
    """The record of the standard that a question of the worked checklist cites."""
    standard = sample_checklist().question(question).standard
    return next(each for each in records if each.topic.key == standard)


def test_it_counts_in_which_visits_a_standard_was_kept() -> None:
    """Kept is the full share, missed none of it, partly in between, and N/A is not assessed."""
    visits = [worked_visit(1), worked_visit(2, features="some"), worked_visit(3, features="none")]
    record = record_of(build_records(make_period(visits)), "features")
    assert (record.kept, record.partly, record.missed, record.absent) == ((1,), (2,), (3,), ())
    without = replace(visits[0], shares={"name": visits[0].shares["name"]})
    record = record_of(build_records(make_period([visits[1], without])), "features")
    assert (record.partly, record.absent, record.assessed) == ((1,), (2,), 1)


def test_it_calls_a_strength_what_was_kept_each_time_in_three_visits() -> None:
    visits = [worked_visit(1), worked_visit(2), worked_visit(3, name="no")]
    strengths = pick_strengths(build_records(make_period(visits)))
    named = {each.topic.key for each in strengths}
    assert sample_checklist().question("asked").standard in named
    assert sample_checklist().question("name").standard not in named
    assert [each.topic.weight for each in strengths] == sorted(
        (each.topic.weight for each in strengths), reverse=True
    )
    assert pick_strengths(build_records(make_period(visits[:2]))) == ()


def test_it_calls_a_repeated_miss_what_was_missed_in_two_visits() -> None:
    """Once is chance, and partly kept is no miss."""
    visits = [
        worked_visit(1, name="no", heard="no"),
        worked_visit(2, name="no", features="some"),
        worked_visit(3, features="some"),
    ]
    missed = pick_repeated_misses(build_records(make_period(visits)))
    assert [(each.topic.key, each.missed) for each in missed] == [
        (sample_checklist().question("name").standard, (1, 2))
    ]


def test_it_names_the_critical_miss_first() -> None:
    """A critical question that decided twice comes before what was missed more often."""
    visits = [worked_visit(number, name="no", receipt="no" if number < 3 else "yes") for number in (1, 2, 3)]
    missed = pick_repeated_misses(build_records(make_period(visits)))
    receipt = sample_checklist().question("receipt").standard
    assert missed[0].topic.key == receipt
    assert missed[0].decided == (1, 2)


def test_it_keeps_two_meanings_of_a_standard_apart() -> None:
    """SC-20: the same code with another meaning revision is another standard, and the newest comes first."""
    visits = [worked_visit(1), replace(worked_visit(2), version=2)]
    versions = {1: sample_checklist(), 2: harder(sample_checklist(), "features")}
    code = sample_checklist().question("features").standard_code
    records = [
        each for each in build_records(make_period(visits, versions=versions)) if each.topic.code == code
    ]
    assert [(each.topic.is_current, each.kept) for each in records] == [(True, (2,)), (False, (1,))]


def test_it_lets_questions_stand_for_themselves_where_no_standard_is_cited() -> None:
    checklist = sample_checklist()
    bare = checklist.model_copy(
        update={
            "sections": tuple(
                section.model_copy(
                    update={
                        "questions": tuple(
                            question.model_copy(update={"standard": None}) for question in section.questions
                        )
                    }
                )
                for section in checklist.sections
            )
        }
    )
    records = build_records(make_period([worked_visit(1, name="no")], versions={1: bare}))
    assert len(records) == sum(question.weight > 0 for question in bare.questions())
    (missed,) = [each for each in records if each.missed]
    assert missed.topic.title == bare.question("name").text
