"""Festivals played again: published curves, recorded files, the demo, and the importers."""
