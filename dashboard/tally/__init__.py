"""The tally: batches of the ledger, added up exactly once."""
