"""Wait as a person does: nobody presses what is still moving."""

from playwright.sync_api import Page, expect

# Put into every page before its own scripts: when something was last asked, and last answered.
NOTE_TRAFFIC = """(() => {
    window.traffic = {asked: -1, answered: 0};
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => { traffic.answered = performance.now(); });
        }
        send(data) {
            traffic.asked = performance.now();
            super.send(data);
        }
    };
})()"""

# What was asked is answered, the script has stopped, nothing old is left, and for so many ms
# nothing came in and nothing on the page changed.
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
    const last = Math.max(window.changed, traffic.asked, traffic.answered);
    return stopped !== null && old === null
        && traffic.answered > traffic.asked && now - last >= quiet;
}"""


def at_rest(page: Page) -> None:
    """Wait until a page has its answers and stands still."""
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    page.wait_for_function(_SETTLED, arg=QUIET)
