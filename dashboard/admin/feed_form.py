"""The form of a feed: its row, and the fields that its service asks for."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dashboard.alerts import accounts
from dashboard.alerts.feeds import services
from dashboard.alerts.service import Field
from dashboard.store import feeds
from dashboard.store.tables import Feed

if TYPE_CHECKING:
    Form = forms.ModelForm[Feed]
else:
    Form = forms.ModelForm

_PREFIX = "account_"
# What stands for "forget it" in a secret, where nothing stands for "as it was".
_FORGET = "-"


def account_fields(feed: Feed) -> dict[str, forms.Field]:
    """Return the fields of a feed's account, as its service asks for them."""
    service = services().get(feed.service)
    fields = service.fields if service else ()
    return {_PREFIX + field.name: _field(field, feed) for field in fields}


class FeedForm(Form):
    """A feed, with its account where it has fields for one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "service" in self.fields:
            choices = [(one.name, one.title) for one in services().values()]
            self.fields["service"] = forms.ChoiceField(choices=choices)

    def clean(self) -> dict[str, Any]:
        """Put the account into the feed. Errors stand at their fields."""
        cleaned = super().clean() or {}
        service = services().get(self.instance.service)
        if service is None or not any(name.startswith(_PREFIX) for name in self.fields):
            return cleaned
        given = {one.name: self._given(one, cleaned) for one in service.fields}
        for field in accounts.wrong(service, given):
            self.add_error(_PREFIX + field.name, _("expected %s") % about(field))
        if not self.errors:
            feeds.set_account(self.instance, given, accounts.secret_names(service))
        return cleaned

    def _given(self, field: Field, cleaned: dict[str, Any]) -> str:
        typed = str(cleaned.get(_PREFIX + field.name) or "")
        if not field.secret:
            return typed
        return "" if typed == _FORGET else typed or _kept(self.instance).get(field.name, "")


def about(field: Field) -> str:
    """Return what a field is, in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return field.about_zh if chinese and field.about_zh else field.about


def _field(field: Field, feed: Feed) -> forms.Field:
    help_text = about(field)
    if not field.secret:
        return forms.CharField(
            label=field.name,
            required=False,
            help_text=help_text,
            initial=feed.options.get(field.name, ""),
        )
    if field.name in _kept(feed):
        help_text += _("; it is known: leave it empty to keep it, - forgets it")
    return forms.CharField(
        label=field.name,
        required=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _kept(feed: Feed) -> dict[str, str]:
    """Return the account as it is; without secrets where nobody can open them."""
    try:
        return feeds.account(feed)
    except feeds.KeyChanged:
        return {}
