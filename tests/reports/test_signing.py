"""A company's signature on a report: whose, unchanged or broken, and no part of the report touched by it."""

import json
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter

from checklists.localtext import LANGUAGES
from reports.command import verify
from reports.signatures import Seen, read_signatures
from reports.signing import (
    CertificateUnusable,
    CompanyCertificate,
    SigningUnavailable,
    load_certificate,
    sign_pdf,
)
from reports.verification import Status, verify_pdf
from reports.verification_words import describe_verdict
from tests.certificates import COMPANY, MADE, PASSPHRASE, make_certificate
from tests.reports.altered import leave_out_page
from tests.reports.structure import read_structure
from tests.reports.test_period_pdf import print_sample

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def open_company(name: str = COMPANY) -> CompanyCertificate:
    """A company's certificate, loaded."""
    return load_certificate(make_certificate(name)[0], PASSPHRASE, now=NOW)


@cache
def sign_sample() -> bytes:
    """A report on an employee with the company's signature."""
    return sign_pdf(print_sample("employee"), open_company())


def test_it_says_who_signed_and_that_nothing_changed() -> None:
    verdict = verify_pdf(sign_sample(), trusted=[make_certificate()[1]])
    assert (verdict.status, verdict.differences) == (Status.VALID, ())
    (signature,) = verdict.signatures
    assert (signature.seen, signature.signer, signature.is_trusted) == (Seen.UNCHANGED, COMPANY, True)
    assert signature.fingerprint == open_company().fingerprint
    assert signature.signed_at is not None


def test_it_leaves_the_report_as_it_was_printed() -> None:
    """The signature is added behind: the pages, the tags and the record in front are the very bytes."""
    printed, signed = print_sample("employee"), sign_sample()
    assert signed.startswith(printed)
    assert len(signed) - len(printed) < 30_000
    kinds = [[node.kind for node in read_structure(pdf).walk()] for pdf in (printed, signed)]
    assert kinds[0] == kinds[1]


def test_it_adds_a_field_that_archives_and_readers_allow() -> None:
    """ISO 19005-3 wants annotations that print and are not hidden, ISO 14289 untagged ones off the page."""
    page = PdfReader(BytesIO(sign_sample())).pages[0]
    widgets: list[Any] = [each.get_object() for each in page["/Annots"]]  # type: ignore[attr-defined]
    (field,) = [each for each in widgets if each.get("/FT") == "/Sig"]
    printed, hidden = 4, 2
    assert field["/F"] & printed
    assert not field["/F"] & hidden
    left, foot, right, top = (float(place) for place in field["/Rect"])
    assert (right - left, top - foot) == (0, 0)
    assert right < 0
    assert top < 0
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"


def test_it_stays_an_archive_whatever_key_signs() -> None:
    """ISO 19005-3 knows PDF 1.7 at most; the company of the tests signs with an elliptic curve."""
    root: dict[str, Any] = dict(PdfReader(BytesIO(sign_sample())).root_object)
    assert root.get("/Version", "/1.7") == "/1.7"
    assert set(root["/Extensions"]) <= {"/ESIC"}
    assert sign_sample().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_it_finds_any_byte_changed_after_signing(place: float) -> None:
    content = bytearray(sign_sample())
    content[int(len(print_sample("employee")) * place)] ^= 1
    signatures = read_signatures(bytes(content))
    assert not signatures or signatures[-1].seen is Seen.BROKEN
    verdict = verify_pdf(bytes(content), trusted=[make_certificate()[1]])
    assert verdict.status is not Status.VALID


def test_it_finds_what_was_added_after_signing() -> None:
    writer = PdfWriter(BytesIO(sign_sample()), incremental=True)
    writer.pages[0].rotate(90)
    written = BytesIO()
    writer.write(written)
    verdict = verify_pdf(written.getvalue())
    assert verdict.status is Status.ALTERED
    assert [each.place for each in verdict.differences] == ["signature 1"]


@pytest.mark.parametrize("signed", [False, True])
def test_it_asks_for_the_company_where_a_certificate_is_named(signed: bool) -> None:
    """Whoever alters a report can sign it too: only the certificate tells whose signature it is."""
    content = print_sample("employee")
    if signed:
        content = sign_pdf(content, open_company("Somebody else"))
        assert verify_pdf(content).status is Status.VALID
    verdict = verify_pdf(content, trusted=[make_certificate()[1]])
    assert (verdict.status, verdict.differences) == (Status.UNTRUSTED, ())
    said = describe_verdict(verdict, "ru")
    assert said[0] == "Отчёт не подписан теми, кому вы доверяете."
    assert not [line for line in said if "изменён" in line]
    assert ("Somebody else" if signed else "Подписи в файле нет.") in " ".join(said)


def test_it_says_of_an_altered_file_that_it_is_not_signed_either() -> None:
    """Both are true of a forgery, and altered is the graver of the two."""
    content = leave_out_page(print_sample("employee"), 1)
    verdict = verify_pdf(content, trusted=[make_certificate()[1]])
    assert verdict.status is Status.ALTERED
    assert describe_verdict(verdict, "en")[:2] == [
        "Altered: the file does not agree with itself.",
        "Not signed by those you trust.",
    ]


def test_it_refuses_a_certificate_that_cannot_sign() -> None:
    content, _public = make_certificate()
    for passphrase, now in ((b"another", NOW), (PASSPHRASE, MADE - timedelta(days=1))):
        with pytest.raises(CertificateUnusable):
            load_certificate(content, passphrase, now=now)
    with pytest.raises(CertificateUnusable):
        load_certificate(b"no certificate", PASSPHRASE, now=NOW)
    assert PASSPHRASE.decode() not in repr(open_company())


def test_it_says_what_is_missing_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = sign_sample()
    for module in ("pyhanko.sign.signers", "pyhanko.pdf_utils.reader"):
        monkeypatch.setitem(sys.modules, module, None)
    install = "pip install --require-hashes -r requirements/signing.lock"
    with pytest.raises(SigningUnavailable, match=install):
        open_company()
    verdict = verify_pdf(signed)
    assert install in (Path(__file__).parents[2] / "README.md").read_text().replace("\n", " ")
    for language in LANGUAGES:
        assert install in " ".join(describe_verdict(verdict, language))
    assert (verdict.status, verdict.signatures[0].seen) == (Status.VALID, Seen.UNCHECKED)
    assert verify_pdf(signed, trusted=[make_certificate()[1]]).status is Status.UNTRUSTED


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "с тех пор файл не менялся"), ("en", "unchanged since")]
)
def test_it_says_it_on_the_command_line(tmp_path: Path, language: str, words: str) -> None:
    report, trusted = tmp_path / "report.pdf", tmp_path / "company.pem"
    report.write_bytes(sign_sample())
    trusted.write_bytes(make_certificate()[1])
    said = CliRunner().invoke(verify, [str(report), "--lang", language, "--trust", str(trusted)])
    assert said.exit_code == 0
    for word in (COMPANY, words, open_company().fingerprint):
        assert word in said.output
    as_json = json.loads(CliRunner().invoke(verify, [str(report), "--json"]).output)
    assert (as_json["signatures"][0]["seen"], as_json["signatures"][0]["trusted"]) == ("unchanged", None)
    report.write_bytes(print_sample("employee"))
    answer = CliRunner().invoke(verify, [str(report), "--lang", language, "--trust", str(trusted)])
    assert answer.exit_code == 3, "untouched and unsigned is neither valid nor altered"
    assert "3  it agrees with itself" in CliRunner().invoke(verify, ["--help"]).output
    trusted.write_text("no certificate")
    assert CliRunner().invoke(verify, [str(report), "--trust", str(trusted)]).exit_code == 2
