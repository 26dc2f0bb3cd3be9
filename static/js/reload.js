// Opening the page anew, but only where a server answers: a browser's own error page never comes back.

/** Reloads once the page's address is answered; called again, it tries again. */
export async function reloadIfAnswered() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // no network: the caller, which still has none, calls again
  }
}
