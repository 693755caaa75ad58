"""Secrets: none in the code, by default, in logs and pages; in production no start without them."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from flask import Flask
from flask_security import hash_password

from mystery.app import create_app
from mystery.cli import main
from mystery.database import Base, db
from mystery.settings import Settings, current_settings, read_settings
from tests.cast import PASSWORD, plant_cast
from tests.security.conftest import PlainSite

ROOT = Path(__file__).parent.parent.parent
SECRET_NAME = re.compile("password|passwd|passphrase|secret|api_?key|token", re.IGNORECASE)
# Literals that stand beside such a name and are none: what they are instead.
NO_SECRETS = {
    "argon2": "the name of a method",
    "accounts/forgotten.html": "a template",
    "accounts/new_password.html": "a template",
    "demonstration.txt": "the name of the file that keeps a drawn pass phrase",
}
KEY = "THE-SECRET-KEY-OF-THE-TEST-" + "k" * 20
MAIL_PASSWORD = "THE-MAIL-PASSWORD-OF-THE-TEST"
TYPED = "THE-PASSWORD-SOMEBODY-TYPED"


def list_literals(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Every text that is given to a name which sounds like a secret: line, name, text."""
    for node in ast.walk(tree):
        pairs: list[tuple[str, ast.expr | None]] = []
        if isinstance(node, ast.Assign):
            pairs = [(ast.unparse(target), node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign):
            pairs = [(ast.unparse(node.target), node.value)]
        elif isinstance(node, ast.keyword):
            pairs = [(node.arg or "", node.value)]
        elif isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args][::-1]
            pairs = [
                (each.arg, value) for each, value in zip(arguments, node.args.defaults[::-1], strict=False)
            ]
            pairs += [
                (each.arg, value)
                for each, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            ]
        for name, value in pairs:
            if SECRET_NAME.search(name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, name, value.value


def test_it_has_no_password_or_secret_in_the_code() -> None:
    """Not in the demonstration either: its pass phrase is drawn for each installation."""
    found = [
        f"{path.relative_to(ROOT)}:{line} {name} = {text!r}"
        for package in ("mystery", "checklists", "reports")
        for path in (ROOT / package).rglob("*.py")
        for line, name, text in list_literals(ast.parse(path.read_text(encoding="utf-8")))
        if len(text) > 3 and " " not in text and text not in NO_SECRETS
    ]
    assert found == []


def test_it_has_no_secret_in_files_that_are_handed_on() -> None:
    """Set-up files and documents name settings, never values of the secret ones."""
    given = re.compile(r"MYSTERY_(SECRET_KEY|MAIL_PASSWORD)\s*[=:]\s*['\"]?[A-Za-z0-9]")
    for name in ("Makefile", "install.sh", "README.md", "README.ru.md", "CONTRIBUTING.md", "setup.cfg"):
        path = ROOT / name
        if path.exists():
            assert not given.search(path.read_text(encoding="utf-8")), name


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "MYSTERY_SECRET_KEY"),
        ({"MYSTERY_SECRET_KEY": "short"}, "MYSTERY_SECRET_KEY"),
        ({"MYSTERY_SECRET_KEY": "k" * 31}, "MYSTERY_SECRET_KEY"),
        ({"MYSTERY_SECRET_KEY": "k" * 40}, "MYSTERY_MAIL_HOST"),
    ],
)
def test_it_does_not_start_in_production_without_what_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], environment: dict[str, str], named: str
) -> None:
    """One clear line that names the setting; the value of a secret that is too short is not repeated."""
    settings = {"MYSTERY_ENV": "production", "MYSTERY_DATA_DIR": str(tmp_path), **environment}
    with pytest.raises(SystemExit) as ended:
        main(lambda: read_settings(settings))
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"mystery: {named}")
    assert "kkkk" not in line
    assert list(tmp_path.iterdir()) == [], "nothing is made up in its place"


def test_it_says_so_on_the_command_line(tmp_path: Path) -> None:
    """The same from outside, as an administrator meets it."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MYSTERY_")},
        "MYSTERY_ENV": "production",
        "MYSTERY_DATA_DIR": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-c", "from mystery.cli import main; main()", "run"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "MYSTERY_SECRET_KEY" in ended.stderr


def test_it_draws_a_secret_of_its_own_for_each_development(tmp_path: Path) -> None:
    """Kept, so that sessions outlive a restart, and for the eyes of its user only."""
    first = read_settings({"MYSTERY_DATA_DIR": str(tmp_path / "a")})
    again = read_settings({"MYSTERY_DATA_DIR": str(tmp_path / "a")})
    other = read_settings({"MYSTERY_DATA_DIR": str(tmp_path / "b")})
    assert first.secret_key == again.secret_key != other.secret_key
    assert len(first.secret_key) >= 40
    for path in (tmp_path / "a", *(tmp_path / "a").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, f"{path} is open to other users"


def write_settings(folder: Path) -> Settings:
    """Settings with secrets that would be recognised anywhere."""
    return read_settings(
        {
            "MYSTERY_SECRET_KEY": KEY,
            "MYSTERY_DATA_DIR": str(folder),
            "MYSTERY_MAIL_HOST": "127.0.0.1",
            "MYSTERY_MAIL_PORT": "1",
            "MYSTERY_MAIL_USER": "mystery",
            "MYSTERY_MAIL_PASSWORD": MAIL_PASSWORD,
        }
    )


def test_it_does_not_write_secrets_where_settings_are_printed(tmp_path: Path) -> None:
    written = repr(write_settings(tmp_path))
    assert KEY not in written
    assert MAIL_PASSWORD not in written


@contextmanager
def run_application(folder: Path) -> Iterator[Flask]:
    """An application that logs to the error stream of this very moment, and whose mail server is away."""
    kept = structlog.get_config()
    app = create_app(write_settings(folder))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        Base.metadata.create_all(db.engine)
        plant_cast(hash_password(PASSWORD))
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()
    structlog.configure(**kept)


def break_down(email: str, password: str, *, address: str) -> None:
    """Fail while a typed password and the settings are at hand."""
    settings = current_settings()
    raise RuntimeError(f"out of order: {len(email)} {len(password)} {address} {settings}")


def test_it_writes_no_secret_into_logs_or_answers_when_it_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failures in the middle of a sign-in and of sending a letter; what was typed and what signs stay out."""
    typed = {"email": "hr@lavka.example", "password": TYPED}
    with run_application(tmp_path) as app:
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        answers = [client.post("/new-password", data={"email": "hr@lavka.example"})]
        app.extensions["mailer"].wait_for_all()
        answers.append(client.post("/sign-in", data=typed))
        monkeypatch.setattr("mystery.accounts.entry_forms.authenticate", break_down)
        answers.append(client.post("/sign-in", data=typed))
    assert [answer.status_code for answer in answers] == [303, 422, 500]
    logged = capsys.readouterr().err
    assert "out of order" in logged, "the failure itself is logged"
    assert "a mail was not sent" in logged
    shown = "".join(answer.get_data(as_text=True) + str(answer.headers) for answer in answers)
    for secret in (KEY, MAIL_PASSWORD, TYPED, "$argon2id"):
        assert secret not in logged
        assert secret not in shown
    assert "out of order" not in shown
    assert "Traceback" not in shown


def test_it_shows_no_secret_on_any_page(plain_site: PlainSite) -> None:
    """No key, no password hash, no identity of a session, in anything that anybody gets."""
    secret = plain_site.app.config["SECRET_KEY"].encode()
    for artefact in plain_site.artefacts:
        assert secret not in artefact.content, artefact.describe()
        assert b"$argon2" not in artefact.content, artefact.describe()
        assert PASSWORD.encode() not in artefact.content, artefact.describe()
