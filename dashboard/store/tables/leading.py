"""Who leads, and what was shown last."""

from django.db import models

from dashboard.store.tables.campaign import Campaign


class Lease(models.Model):
    """Who leads: taken by a conditional update, so that one process at a time has it."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=64)
    until_ms = models.BigIntegerField()


class Shown(models.Model):
    """The last frame a campaign's screens were given: what must not be undercut while healing."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True)
    epoch = models.BigIntegerField()
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    snapshot = models.BinaryField(help_text="the last snapshot, JSON")
