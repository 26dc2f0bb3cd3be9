"""Every figure anew from the ledger, in columns, by other means than the tally's.

Lines are read by polars and not by msgspec, ids are told apart by another hash, sums are made by
groups over a hundred thousand events: what the two agree on is not one mistake made twice. Shared
are the rules: which keys are counted apiece (`core/keys.py`), what becomes of an order
(`core/orders.py`).
"""
