"""A crawler over the whole application: every page, PDF, table and photo that a person can open.

It walks two ways at once: along the links and filter forms from the first page, and over the URL map with
the ids of every row of the database, so that a page nobody links to is visited as well.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask, current_app, url_for
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import AnyConverter, RequestRedirect, Rule

from checklists.loading import list_library
from checklists.scenarios import load_scenarios
from mystery.accounts.tokens import sign_invitation
from mystery.branding.queries import make_look
from mystery.capture.phone.icons import SIZES
from mystery.database import Base, db
from mystery.directory.imports.blank_files import BLANK_FILES
from mystery.models import (
    Assignment,
    ButtonCount,
    ChecklistRecord,
    ChecklistVersion,
    CompanyLook,
    CompanyLookChange,
    Employee,
    Grant,
    ImportDraft,
    Invitation,
    Job,
    Notice,
    Photo,
    Placement,
    Recording,
    ReportSeal,
    ScenarioRecord,
    SignedPay,
    Training,
    Unit,
    Upload,
    User,
    UserSession,
    Visit,
    VisitFlag,
)
from mystery.trainings.imports.columns import BLANK_FILES as BLANK_TRAININGS
from tests.security.artefacts import Artefact
from tests.security.page_parts import Form, PageParts

# Which rows an argument of an address names; a new argument must be added here, or the walk has a hole.
NAMED_ROWS: dict[str, type[Base]] = {
    "archive_id": Job,
    "assignment_id": Assignment,
    "change_id": CompanyLookChange,
    "checklist_id": ChecklistRecord,
    "company_id": Unit,
    "count_id": ButtonCount,
    "draft_id": ImportDraft,
    "employee_id": Employee,
    "flag_id": VisitFlag,
    "grant_id": Grant,
    "import_id": ImportDraft,
    "invitation_id": Invitation,
    "notice_id": Notice,
    "order_id": Job,
    "photo_id": Photo,
    "placement_id": Placement,
    "recording_id": Recording,
    "scenario_id": ScenarioRecord,
    "session_id": UserSession,
    "signed_id": SignedPay,
    "training_id": Training,
    "unit_id": Unit,
    "upload_id": Upload,
    "user_id": User,
    "version_id": ChecklistVersion,
    "visit_id": Visit,
}
STATIC = frozenset({"static", "bootstrap.static", "assets.show_asset"})
MOST_QUERIES_A_PATH = 3
MOST_PAGES_A_VIEW = 4
MOST_REFUSALS_A_VIEW = 1
# Printing takes a hundred times as long as a page.
MOST_PAGES_OF = {
    "visits.download_report": 2,
    "comparisons.export_pdf": 2,
    "period_reports.download_employee": 1,
    "period_reports.download_unit": 1,
}
MOST_COMBINATIONS = 200
# Following it would end the session under the crawler's feet.
NEVER_FOLLOWED = ("/sign-out",)


def list_reading_rules(app: Flask) -> list[Rule]:
    """The rules that answer GET, files of the packages apart."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC)
    return [rule for rule in rules if rule.methods and "GET" in rule.methods]


def list_sample_values(rule: Rule, argument: str) -> list[Any]:
    """What may stand for an argument of an address: the ids of its rows, a word of its list, a good token."""
    converter = rule._converters[argument]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if argument in NAMED_ROWS:
        return list(db.session.scalars(select(NAMED_ROWS[argument].__table__.c.id)))
    return NAMED_TEXTS[argument]()


def list_tokens() -> list[str]:
    """A link for a new password, and the link of every invitation: each works."""
    secret = current_app.config["SECRET_KEY"]
    user = db.session.scalars(select(User).limit(1)).one()
    invitations = db.session.scalars(select(Invitation))
    reset = generate_reset_password_token(user)  # type: ignore[no-untyped-call]
    return [reset] + [
        sign_invitation(secret, invitation.id, invitation.expires_at) for invitation in invitations
    ]


# Arguments that name no row: what may stand there.
NAMED_TEXTS: dict[str, Callable[[], list[Any]]] = {
    "size": lambda: [*SIZES],
    "digest": lambda: [make_look(key, "").logo for key in db.session.scalars(select(CompanyLook.logo_key))],
    "name": lambda: [*BLANK_FILES, *BLANK_TRAININGS],
    "letters": lambda: [*db.session.scalars(select(ReportSeal.digest)), "0" * 32],
    "library_id": lambda: [entry.id for entry in list_library()][:2],
    "question_id": lambda: ["words", "greeted"],
    "slug": lambda: sorted(load_scenarios())[:2],
    "token": list_tokens,
}


def list_addresses(app: Flask) -> list[str]:
    """The path of every rule for every row it could name."""
    addresses = []
    with app.test_request_context():
        for rule in list_reading_rules(app):
            arguments = sorted(rule.arguments)
            pools = [list_sample_values(rule, argument) for argument in arguments]
            for values in islice(product(*pools), MOST_COMBINATIONS):
                addresses.append(url_for(rule.endpoint, **dict(zip(arguments, values, strict=True))))
    return addresses


def fetch(browser: FlaskClient, reader: str, address: str) -> Artefact:
    """What ``reader`` gets from ``address``."""
    answer = browser.get(address)
    return Artefact(
        reader=reader,
        address=address,
        status=answer.status_code,
        mimetype=answer.mimetype or "",
        headers=tuple(answer.headers.items()),
        content=answer.get_data(),
    )


def crawl(browser: FlaskClient, reader: str, *, also: Iterable[str] = ()) -> list[Artefact]:
    """Everything ``reader`` can fetch by following links and filter forms, and what is at ``also``."""
    linked, unlinked = deque(["/"]), deque(also)
    seen: set[str] = set()
    budget = _Budget(browser.application)
    found = []
    while linked or unlinked:
        # What people are led to goes first, so that a budget is not spent on addresses nobody has.
        address = (linked or unlinked).popleft()
        if address in seen or not budget.allows(address):
            continue
        seen.add(address)
        artefact = fetch(browser, reader, address)
        budget.spend(artefact)
        found.append(artefact)
        linked.extend(each for each in list_next(artefact) if not each.startswith(NEVER_FOLLOWED))
    return found


def list_next(artefact: Artefact) -> Iterator[str]:
    """The addresses on this site that an answer leads to, without fragments."""
    targets = [value for name, value in artefact.headers if name == "Location"]
    if artefact.is_page:
        parts = PageParts(artefact.text)
        targets += parts.links
        targets += [fill_filter(form) for form in parts.forms if form.method == "get"]
    for target in targets:
        address = urlsplit(urljoin(f"http://localhost{artefact.address}", target))
        if address.netloc == "localhost" and address.scheme == "http":
            yield address.path + (f"?{address.query}" if address.query else "")


def fill_filter(form: Form) -> str:
    """The address a filter form leads to, with the first real choice of each list."""
    chosen = {}
    for name, each in form.fields.items():
        offered = [option for option in each.options if option]
        chosen[name] = offered[0] if offered else each.value
    return f"{form.action}?{urlencode(chosen)}"


class _Budget:
    """Keeps the walk finite: so many queries of one path, so many pages and refusals of one view."""

    def __init__(self, app: Flask) -> None:
        self._urls = app.url_map.bind("localhost")
        self._queries: Counter[str] = Counter()
        self._pages: dict[str, set[str]] = {}
        self._refusals: Counter[str] = Counter()

    def allows(self, address: str) -> bool:
        path = urlsplit(address).path
        view = self._name_view(path)
        pages = self._pages.get(view, set())
        if view in STATIC or self._queries[path] >= MOST_QUERIES_A_PATH:
            return False
        if self._refusals[view] >= MOST_REFUSALS_A_VIEW and path not in pages:
            return False
        return path in pages or len(pages) < MOST_PAGES_OF.get(view, MOST_PAGES_A_VIEW)

    def spend(self, artefact: Artefact) -> None:
        path = urlsplit(artefact.address).path
        view = self._name_view(path)
        self._queries[path] += 1
        if artefact.status == 200:
            self._pages.setdefault(view, set()).add(path)
        else:
            self._refusals[view] += 1

    def _name_view(self, path: str) -> str:
        try:
            endpoint, _values = self._urls.match(path, method="GET")
        except (NotFound, MethodNotAllowed, RequestRedirect):
            return path
        return str(endpoint)
