"""The pulse: one leader composes each campaign's frames, fires milestones and publishes."""
