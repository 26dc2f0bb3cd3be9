"""Where Django looks for tables; they live in the store."""

from dashboard.store.tables import (
    Batch,
    Campaign,
    Label,
    Lease,
    LedgerHead,
    Milestone,
    Quarantined,
    Rate,
    Reference,
    Shown,
    SiteState,
    Source,
    SourceKey,
)

__all__ = [
    "Batch",
    "Campaign",
    "Label",
    "Lease",
    "LedgerHead",
    "Milestone",
    "Quarantined",
    "Rate",
    "Reference",
    "Shown",
    "SiteState",
    "Source",
    "SourceKey",
]
