"""What the office does besides planning: the company's look on its reports, and answers that it corrects."""

from __future__ import annotations

import io
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Final

import fontpkg_pt_sans
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from mystery.access.permissions import Role
from mystery.branding.actions import keep_logo, set_look
from mystery.branding.queries import Look
from mystery.clock import set_to
from mystery.database import db
from mystery.demonstration.chain import COMPANY
from mystery.demonstration.staging import Stage
from mystery.models import Answer, Visit, VisitState
from mystery.review.correcting import Change, Proposal, correct_answer

COLOUR: Final = "#8c3b1f"
LOGO_SIZE: Final = (900, 240)
FONT: Final = Path(fontpkg_pt_sans.ROOT) / "files" / "PT_Sans-Web-Bold.ttf"
LOOK_AGO: Final = timedelta(days=390)
CORRECTED_AFTER: Final = timedelta(hours=20)
# Of the people with accounts, the newest visits with something to correct.
CORRECTIONS: Final = 4
# Whatever the question was; the auditor is asked, and never named.
REASONS: Final = (
    "Ответ не сходился с комментарием. Аудитор подтвердил, что нажал не ту кнопку.",
    "Аудитор ошибся строкой и на следующий день сообщил об этом.",
    "Сотрудник сделал это позже, и аудитор отметил это у другого вопроса.",
    "Ответ дан по памяти, а запись, сделанная во время визита, говорит другое.",
)


def set_company_look(stage: Stage) -> None:
    """Give the company a logo and a colour of its own."""
    lead = stage.reaches[Role.LEAD]
    with set_to(stage.moment(LOOK_AGO)):
        logo = keep_logo(lead, stage.company, draw_logo())
        assert isinstance(logo, str), f"the drawn logo was refused: {logo}"
        set_look(lead, stage.company, Look(logo, COLOUR))


def draw_logo() -> bytes:
    """A hearth under a roof, and the company's name; the ground is transparent."""
    picture = Image.new("RGBA", LOGO_SIZE, (0, 0, 0, 0))
    canvas = ImageDraw.Draw(picture)
    canvas.polygon(
        ((120, 10), (230, 100), (210, 100), (210, 230), (30, 230), (30, 100), (10, 100)), fill=COLOUR
    )
    canvas.pieslice((70, 110, 170, 350), 180, 360, fill="white")
    canvas.polygon(((120, 140), (150, 215), (90, 215)), fill="#d98b2b")
    canvas.text((268, 74), COMPANY, font=ImageFont.truetype(str(FONT), 86), fill="#33261f")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def correct_answers(stage: Stage) -> int:
    """Correct an answer in a few visits, so that both answers can be seen; returns in how many."""
    lead, corrected = stage.reaches[Role.LEAD], 0
    people = [employee_id for _person, employee_id in stage.staff[:3]]
    missed = (
        select(Visit.id, Visit.submitted_at, Answer.question)
        .join(Answer, Answer.visit_id == Visit.id)
        .where(
            Visit.state == VisitState.SUBMITTED.value,
            Visit.employee_id.in_(people),
            Visit.submitted_at < stage.moment(timedelta(0)) - CORRECTED_AFTER,
            Answer.value == '"no"',
            Answer.possible != Fraction(0),
        )
        .order_by(Visit.visited_at.desc(), Answer.position)
    )
    done = set()
    for visit_id, sent_at, question in db.session.execute(missed).all():
        if sent_at is None or visit_id in done or corrected == CORRECTIONS:
            continue
        done.add(visit_id)
        with set_to(sent_at + CORRECTED_AFTER):
            proposal = Proposal(question, "yes", REASONS[corrected], seen=0)
            change = correct_answer(lead, visit_id, proposal)
        assert isinstance(change, Change), f"the correction of {question} was refused: {change}"
        corrected += 1
    return corrected
