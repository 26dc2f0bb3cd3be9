"""The forms of milestones: one rule, and a ladder of them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.alerts import wording
from dashboard.alerts.rule_keys import key_of
from dashboard.core import ladders, measures
from dashboard.core.figures import Money
from dashboard.core.money import EXPONENTS
from dashboard.store import rules
from dashboard.store.rule_checks import problems
from dashboard.store.rules import Rule
from dashboard.store.tables import Campaign, Feed, Milestone

if TYPE_CHECKING:
    Form = forms.ModelForm[Milestone]
    Campaigns = forms.ModelChoiceField[Campaign]
else:
    Form = forms.ModelForm
    Campaigns = forms.ModelChoiceField

_AMOUNT_HELP = gettext_lazy(
    "10亿, 10000000000, 2.5 billion; a count: 50万; a multiple: 1.5; a bulletin: 60, 10m, 2h"
)
_LADDERS = (Milestone.AMOUNT, Milestone.PAYMENTS, Milestone.ORDERS, Milestone.BULLETIN)


class MilestoneForm(Form):
    """A rule; its amount is typed in the measure of its kind."""

    amount = forms.CharField(
        required=False, initial="", label=gettext_lazy("amount"), help_text=_AMOUNT_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.pk:
            exponent = EXPONENTS[row.campaign.currency]
            self.initial["amount"] = measures.write(row.kind, row.amount, exponent)

    def clean(self) -> dict[str, Any]:
        """Read the amount, and refuse what the kind does not allow, by field."""
        data = super().clean() or self.cleaned_data
        self._read_amount(data)
        for field in ("words", "words_zh"):
            try:
                wording.check(data.get(field, ""))
            except ValueError as error:
                self.add_error(field, f"{field}: {error}")
        campaign = data.get("campaign") or self.instance.campaign
        for feed in data.get("feeds") or ():
            if feed.campaign_id != campaign.pk or feed.audience != Feed.PUBLIC:
                told = _("feeds: expected public feeds of the campaign, not %s")
                self.add_error("feeds", told % feed)
        chosen = data.get("goes_to") == Milestone.CHOSEN
        if "feeds" in data and chosen != bool(data["feeds"]):
            self.add_error("feeds", _("feeds: expected some where they are chosen, else none"))
        return data

    def _read_amount(self, data: dict[str, Any]) -> None:
        if "amount" not in self.fields:
            return
        campaign, kind = data.get("campaign") or self.instance.campaign, data.get("kind", "")
        try:
            exponent = EXPONENTS[campaign.currency]
            data["amount"] = measures.read(kind, data.get("amount") or "0", exponent)
        except ValueError as error:
            self.add_error("amount", f"amount: {error}")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for field, told in problems(self.instance).items():
            shown = field if field in self.fields else None
            if shown is None or shown not in self.errors:
                self.add_error(shown, told)


class LadderForm(forms.Form):
    """1, 2, 5, 10 … between two amounts, or a bulletin each hour, in one step."""

    campaign = Campaigns(queryset=Campaign._default_manager.all(), label=gettext_lazy("campaign"))
    kind = forms.ChoiceField(
        choices=[one for one in Milestone.KINDS if one[0] in _LADDERS], label=gettext_lazy("kind")
    )
    first = forms.CharField(
        required=False, label=gettext_lazy("from"), help_text=gettext_lazy("1亿; not for bulletins")
    )
    last = forms.CharField(required=False, label=gettext_lazy("to"))
    take_over = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("walls show it over themselves")
    )

    def clean(self) -> dict[str, Any]:
        """Read both ends and work out the rungs."""
        data = super().clean() or self.cleaned_data
        if "campaign" in data and "kind" in data:
            data["rungs"] = self._rungs(data["campaign"], data["kind"], data)
        return data

    def save(self) -> int:
        """Make those that are not there; return how many. Raises `ValidationError`."""
        data = self.cleaned_data
        campaign, kind = data["campaign"], data["kind"]
        money = Money(campaign.currency, EXPONENTS[campaign.currency])
        wanted = [
            Rule(
                key=key_of(kind, amount, money),
                kind=kind,
                amount=amount,
                take_over=data["take_over"],
            )
            for amount in data["rungs"]
        ]
        return len(rules.add_all(campaign, wanted))

    def _rungs(self, campaign: Campaign, kind: str, data: dict[str, Any]) -> list[int]:
        if kind == Milestone.BULLETIN:
            return ladders.bulletins((campaign.end_ms - campaign.start_ms) // 1000)
        ends = [self._end(name, campaign, kind, data[name]) for name in ("first", "last")]
        if None in ends:
            return []
        found = ladders.ladder(ends[0] or 0, ends[1] or 0)
        if not 0 < len(found) <= ladders.MOST:
            raise ValidationError({"last": _("to: expected an amount that gives 1 to 100 rungs")})
        return found

    def _end(self, name: str, campaign: Campaign, kind: str, text: str) -> int | None:
        try:
            return measures.read(kind, text, EXPONENTS[campaign.currency])
        except ValueError as error:
            self.add_error(name, str(error))
            return None
