"""Faults, real processes: what breaks, and what the board promises of it all the same."""
