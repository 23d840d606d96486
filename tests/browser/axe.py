"""Asks axe what is wrong with a page."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.servers import ROOT

AXE = ROOT / "static" / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id} ${node.target.join(' ')}: ${node.html.slice(0, 160)} ${node.failureSummary}`)); }"""


def broken(page: Page) -> list[str]:
    """Return what axe finds wrong in the page and in the frames of its maps, which are judged together."""
    for frame in page.frames:
        frame.add_script_tag(path=AXE)
    return list(page.evaluate(RUN, TAGS))
