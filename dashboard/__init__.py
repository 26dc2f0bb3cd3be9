"""The board: one path from a payment to the wall. Read `pipeline.py` next.

ACCEPT   check, decode, reject with a reason        accept/    Daphne, or an importer
  | one batch, committed; 202 only now
LEDGER   append-only batches, the source of truth   store/     SQLite or PostgreSQL
  | a doorbell that carries no money                tasks.py   Celery
TALLY    drop what was counted, fold, commit        tally/     Celery workers
  | per-second and per-minute figures
TALLIES  seen ids and figures, rebuildable          store/     Redis or Valkey, Lua
  | read at each tick
PULSE    compose the frame, fire milestones         pulse/     one leader
  | one frame                 | a post a feed
LIVE     to every socket    OUTBOX   to the feeds   live/, pages/; alerts/
"""
