"""What axe-core complains of on a page: barriers for people who do not see, hear or point."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def list_barriers(page: Page) -> list[str]:
    """Every rule that the page breaks, with the first element that breaks it; details are opened first."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
