"""The database tables. Amounts are minor units, times milliseconds since 1970 UTC."""

from dashboard.store.tables.alarm import OperatorAlarm
from dashboard.store.tables.campaign import Campaign
from dashboard.store.tables.feed import Feed, StopSwitch
from dashboard.store.tables.festival import Label, Reference, SiteState
from dashboard.store.tables.kept_aside import KeptAside
from dashboard.store.tables.leading import Lease, Shown
from dashboard.store.tables.ledger import Batch, LedgerHead, Quarantined, Stuck
from dashboard.store.tables.milestone import Milestone, MilestoneNote
from dashboard.store.tables.post import Post, PostNote
from dashboard.store.tables.rate import Rate
from dashboard.store.tables.screen import Pairing, Screen
from dashboard.store.tables.settled import Checked, ClosedMinute, History, Seal
from dashboard.store.tables.source import Source, SourceKey, new_token

__all__ = [
    "Batch",
    "Campaign",
    "Checked",
    "ClosedMinute",
    "Feed",
    "History",
    "KeptAside",
    "Label",
    "Lease",
    "LedgerHead",
    "Milestone",
    "MilestoneNote",
    "OperatorAlarm",
    "Pairing",
    "Post",
    "PostNote",
    "Quarantined",
    "Rate",
    "Reference",
    "Screen",
    "Seal",
    "Shown",
    "SiteState",
    "Source",
    "SourceKey",
    "StopSwitch",
    "Stuck",
    "new_token",
]
