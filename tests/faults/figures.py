"""What the suite has measured: kept while it runs, printed as a table at its end."""

ROWS: list[tuple[str, str, str]] = []


def record(promise: str, what: str, figures: str) -> None:
    """Note what was found of a promise (R1, F11 …), and print it."""
    ROWS.append((promise, what, figures))
    print(f"{promise} {what}: {figures}")


def table() -> list[str]:
    """Return what was noted as the lines of a Markdown table."""
    head = ["| promise | what was done | found |", "| --- | --- | --- |"]
    return [*head, *(f"| {' | '.join(row)} |" for row in sorted(ROWS))] if ROWS else []
