"""The time of a signature, confirmed by a service that the company names (RFC 3161)."""

import pytest
from click.testing import CliRunner

from reports.command import verify
from reports.signatures import Seen, read_signatures
from reports.signing import TimeUnconfirmed, sign_pdf
from tests.reports.test_period_pdf import print_sample
from tests.reports.test_signing import open_company
from tests.time_service import CONFIRMED, Answer, confirm_time, refuse_time, serve_times, talk_nonsense


@pytest.fixture(scope="module")
def stamped() -> bytes:
    """A report on an employee, signed at a time that a service confirmed."""
    with serve_times(confirm_time) as address:
        return sign_pdf(print_sample("employee"), open_company(), timestamps=address)


def test_the_time_is_that_of_the_service_and_not_of_who_signed(stamped: bytes) -> None:
    (signature,) = read_signatures(stamped)
    assert signature.seen is Seen.UNCHANGED
    assert (signature.confirmed_at, signature.confirmed_by) == (CONFIRMED, "Time service")
    assert signature.signed_at != CONFIRMED


def test_verify_says_who_confirmed_the_time_and_nothing_else(
    stamped: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The service's own certificate is trusted by nobody here, which is no reason for a stack trace."""
    file = tmp_path_factory.mktemp("signed") / "report.pdf"
    file.write_bytes(stamped)
    answer = CliRunner().invoke(verify, [str(file), "--lang", "ru"])
    assert "Время подтвердила служба «Time service»: 2026-11-21 09:30 UTC." in answer.stdout
    assert (answer.exit_code, answer.stderr) == (0, "")


@pytest.mark.parametrize("answer", [refuse_time, talk_nonsense])
def test_nothing_is_signed_without_the_time_that_was_asked_for(answer: Answer) -> None:
    with serve_times(answer) as address:
        pass
    with pytest.raises(TimeUnconfirmed):  # Nobody listens there any more.
        sign_pdf(print_sample("employee"), open_company(), timestamps=address)
    with serve_times(answer) as address, pytest.raises(TimeUnconfirmed):
        sign_pdf(print_sample("employee"), open_company(), timestamps=address)
