"""Wait as a person does: nobody presses what is still moving."""

from playwright.sync_api import Page, expect

# The script has stopped, nothing old is left, and nothing on the page changed for so many ms.
QUIET = 250
_SETTLED = """quiet => {
    const now = performance.now();
    if (!window.watching) {
        window.changed = now;
        window.watching = new MutationObserver(() => { window.changed = performance.now(); });
        window.watching.observe(document.body, {subtree: true, childList: true, attributes: true});
    }
    const stopped = document.querySelector('[data-test-script-state="notRunning"]');
    const old = document.querySelector('[data-stale="true"]');
    return stopped !== null && old === null && now - window.changed >= quiet;
}"""


def at_rest(page: Page) -> None:
    """Wait until the script of a page has stopped and the page stands still."""
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    page.wait_for_function(_SETTLED, arg=QUIET)
