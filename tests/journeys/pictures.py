"""The pictures of the README, taken from the demonstration company: `make screenshots`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import DESK, PHONE, launch_chromium
from tests.journeys.site import SECRET, find_free_port, run_server

DOCS = Path(__file__).parent.parent.parent / "docs"
REPORT_DPI = 80


def main() -> None:
    """Build the demonstration in a folder of its own, serve it, and take the pictures."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MYSTERY_SECRET_KEY": SECRET,
            "MYSTERY_DATA_DIR": folder,
            "MYSTERY_PORT": str(find_free_port()),
        }
        command = Path(sys.executable).with_name("mystery")
        for arguments in (("db", "upgrade"), ("demo",)):
            subprocess.run([command, *arguments], env=environment, check=True)
        passphrase = (Path(folder) / "demonstration-sign-in").read_text(encoding="ascii").strip()
        with run_server(environment) as address, sync_playwright() as playwright:
            take_pictures(launch_chromium(playwright), address, passphrase)


def take_pictures(browser: Browser, address: str, passphrase: str) -> None:
    """The phone, the report and the comparison."""
    phone = sign_in(browser, address, passphrase, who="auditor1", shape=PHONE)
    phone.goto(f"{address}/capture")
    phone.locator("a.card", has_text="◐").first.click()
    phone.locator("a.main").click()
    phone.locator("#s-meeting, section h2").nth(2).scroll_into_view_if_needed()
    phone.screenshot(path=DOCS / "phone.png")

    manager = sign_in(browser, address, passphrase, who="manager1", shape=DESK)
    manager.goto(f"{address}/visits/")
    with manager.expect_download() as download:
        manager.locator(".visits a", has_text="PDF").first.click()
    target = DOCS / "report"
    subprocess.run(
        ["pdftoppm", "-r", str(REPORT_DPI), "-png", "-singlefile", download.value.path(), target], check=True
    )

    hr = sign_in(browser, address, passphrase, who="hr", shape=DESK)
    hr.goto(f"{address}/comparison/")
    hr.evaluate("document.querySelector('#figures').scrollIntoView({ behavior: 'instant' })")
    hr.screenshot(path=DOCS / "comparison.png")


def sign_in(browser: Browser, address: str, passphrase: str, *, who: str, shape: dict[str, object]) -> Page:
    """A page of one of the demonstration's people."""
    page = browser.new_context(locale="ru-RU", accept_downloads=True, **shape).new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in")
    page.locator("input[name=email]").fill(f"{who}@demo.example")
    page.locator("input[name=password]").fill(passphrase)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


if __name__ == "__main__":
    main()
