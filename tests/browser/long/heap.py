"""How much of a page's JavaScript heap is in use."""

from playwright.sync_api import Page


def used_bytes(page: Page) -> int:
    """Return the bytes in use once all that nobody holds is collected."""
    session = page.context.new_cdp_session(page)
    for _ in range(2):  # what has a finaliser goes the second time
        session.send("HeapProfiler.collectGarbage")
    used = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.detach()
    return used
