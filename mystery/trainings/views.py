"""The pages of trainings: the list, recording one, what it did, and taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.trainings import actions, queries
from mystery.trainings.actions import TrainingDraft
from mystery.trainings.blueprint import blueprint
from mystery.trainings.curve_picture import draw_curve
from mystery.trainings.forms import EffectForm, TrainingForm
from mystery.trainings.imports import views as imports
from mystery.trainings.words import describe_problem
from mystery.web.forms import ConfirmForm, read_uuid
from mystery.web.locale import current_language
from reports.lenses import training_effect_words as effect_words
from reports.lenses.training_effect import PEOPLE_FOR_MODEL

__all__ = ["blueprint", "imports"]
Answer = str | Response | tuple[str, int]


@blueprint.get("/")
@requires(Permission.COMPARE_STAFF)
def list_trainings() -> str:
    """The trainings of one's units, and of wider ones in which one's people took part."""
    return render_template("trainings/list.html", trainings=queries.list_trainings(current_reach()))


@blueprint.get("/add")
@requires(Permission.COMPARE_STAFF)
def add_training() -> Answer:
    """The form of a new training."""
    return render_form(offer_form(), [])


@blueprint.post("/add")
@requires(Permission.COMPARE_STAFF)
def save_training() -> Answer:
    """Record the training, or say everything that is wrong with its list of people."""
    form, problems = offer_form(), []
    if form.validate_on_submit():
        unit = read_uuid(form.unit.data)
        assert unit is not None, "the choices of units are their ids"
        draft = TrainingDraft(form.title.data or "", unit, form.usual_day.data, form.people.data or "")
        saved = actions.add_training(current_reach(), draft)
        if isinstance(saved, UUID):
            flash(_("The training has been recorded."))
            return redirect(url_for("trainings.show_training", training_id=saved), 303)
        problems = [describe_problem(each) for each in saved]
        form.add_problem("people", _("Some lines have to be mended; nothing has been recorded yet."))
    return render_form(form, problems)


@blueprint.get("/<uuid:training_id>")
@requires(Permission.COMPARE_STAFF)
def show_training(training_id: UUID) -> str:
    """What a training did: the sentence, the curve, the table, the method, and who took part."""
    form, language = EffectForm(request.args), current_language()
    page = queries.show_training(current_reach(), training_id, read_uuid(form.checklist.data))
    form.checklist.choices = [(str(each.checklist_id), each.title_in(language)) for each in page.checklists]
    form.require_understood()
    form.checklist.data = str(page.chosen.checklist_id) if page.chosen else None
    return render_template(
        "trainings/training.html",
        page=page,
        form=form,
        language=language,
        words=effect_words,
        needed_for_curve=PEOPLE_FOR_MODEL,
        picture=draw_curve(page.effect.curve, language) if page.effect else None,
    )


@blueprint.get("/<uuid:training_id>/remove")
@requires(Permission.COMPARE_STAFF)
def confirm_removal(training_id: UUID) -> str:
    """Ask once before a training is removed."""
    training = queries.load_training(current_reach(), training_id)
    return render_template("trainings/remove.html", training=training, form=ConfirmForm())


@blueprint.post("/<uuid:training_id>/remove")
@requires(Permission.COMPARE_STAFF)
def remove_training(training_id: UUID) -> Answer:
    """Remove a training with its list of people; visits and scores stay as they are."""
    if not ConfirmForm().validate_on_submit():
        return confirm_removal(training_id)
    title = actions.remove_training(current_reach(), training_id)
    flash(_("“%(title)s” has been removed.", title=title))
    return redirect(url_for("trainings.list_trainings"), 303)


def offer_form() -> TrainingForm:
    """The form with the units whose staff may have been trained."""
    form = TrainingForm()
    units = list_reached_units(current_reach(), Permission.COMPARE_STAFF)
    form.unit.choices = [(str(unit), name) for unit, name in units]
    return form


def render_form(form: TrainingForm, problems: list[str]) -> Answer:
    """The form of a new training; 422 when something in it has to be mended."""
    html = render_template("trainings/form.html", form=form, problems=problems)
    return (html, 422) if form.errors else html
