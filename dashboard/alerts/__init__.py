"""Alerts: from a fallen milestone to the words, the poster and the feeds that carry them."""
