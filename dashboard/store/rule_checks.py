"""What a milestone's rule must say, by its kind."""

from dashboard.core.dimensions import BY_NAME
from dashboard.store.tables import Milestone, SiteState

# A member of a club has its rule's key and its own behind it.
LONGEST_KEY_OF_MANY = 40
_SILENT = {Milestone.REFERENCE_TOTAL, Milestone.PAST_TOTAL, Milestone.PEAK_MINUTE}
_SILENT |= {Milestone.START, Milestone.CLOSE, Milestone.SITE}
_OF = {
    Milestone.PAST_TOTAL: "of: expected the label of a past year",
    Milestone.COUNTER: "of: expected the name of a counter, such as visits",
    Milestone.SITE: "of: expected one of normal, queueing, diverting, recovered",
}
_FIXED = ("campaign_id", "kind", "amount", "dimension", "of")


def problems(row: Milestone) -> dict[str, str]:
    """Return what is wrong with a rule, by field; of one that has fallen, what it may not become.

    A club's merchants may be any; another kind that is of something must say of what.
    """
    found = _fallen(row) | _amount(row) | _subject(row)
    many = row.kind == Milestone.SITE or (row.kind == Milestone.SHARE and not row.of)
    if many and row.rule_id is None and len(row.key) > LONGEST_KEY_OF_MANY:
        found["key"] = f"key: expected at most {LONGEST_KEY_OF_MANY} characters for a rule of many"
    return found


def _fallen(row: Milestone) -> dict[str, str]:
    """Return what was edited of a milestone that has fallen: it stays as it fell."""
    before = Milestone.objects.filter(pk=row.pk, crossed_ms__isnull=False).first()
    if before is None:
        return {}
    changed = [name for name in _FIXED if getattr(row, name) != getattr(before, name)]
    return {
        name.removesuffix("_id"): f"{name.removesuffix('_id')}: it has fallen, and stays as it is"
        for name in changed
    }


def _amount(row: Milestone) -> dict[str, str]:
    if row.kind in _SILENT:
        return {}
    if not row.amount:
        return {"amount": "amount: expected more than 0"}
    if row.kind == Milestone.BULLETIN and row.amount % 60:
        return {"amount": "amount: expected whole minutes, in seconds"}
    return {}


def _subject(row: Milestone) -> dict[str, str]:
    found = {}
    if row.kind == Milestone.SHARE:
        if row.dimension not in BY_NAME:
            found["dimension"] = f"dimension: expected one of {', '.join(BY_NAME)}"
    elif row.dimension:
        found["dimension"] = "dimension: expected none for this kind"
    if row.kind in _OF:
        states = {state for state, _ in SiteState.STATES}
        if not row.of or (row.kind == Milestone.SITE and row.of not in states):
            found["of"] = _OF[row.kind]
    elif row.of and row.kind != Milestone.SHARE:
        found["of"] = "of: expected nothing for this kind"
    return found
