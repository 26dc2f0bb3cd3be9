"""The form of a feed: its row, and the fields that its service asks for."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
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

_LABELS = {
    "campaign": gettext_lazy("campaign; none: the operators', for all"),
    "name": gettext_lazy("name"),
    "service": gettext_lazy("service"),
    "audience": gettext_lazy("for whom"),
    "dry_run": gettext_lazy("dry run: record what would be sent, send nothing"),
    "lang": gettext_lazy("language"),
    "poster": gettext_lazy("poster"),
    "approval": gettext_lazy("who lets posts out"),
    "holding_s": gettext_lazy("seconds before it goes out by itself"),
    "cap_an_hour": gettext_lazy("posts an hour at most"),
    "gap_s": gettext_lazy("seconds between two posts at least"),
    "expires_s": gettext_lazy("seconds after which a post is too late"),
}
_CHOICES = {
    Feed.PUBLIC: gettext_lazy("the public"),
    Feed.OPERATORS: gettext_lazy("operators: alarms alone"),
    Feed.ASK: gettext_lazy("a person approves"),
    Feed.AUTO: gettext_lazy("by itself, after the holding time"),
    "": gettext_lazy("none"),
    "square": gettext_lazy("square"),
    "wide": gettext_lazy("16:9"),
    "story": gettext_lazy("story, 9:16"),
}
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
        for name in self.fields.keys() & _LABELS:
            _translate(self.fields[name], _LABELS[name])

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


def _translate(field: forms.Field, label: Any) -> None:
    field.label, field.help_text = label, ""
    if isinstance(field, forms.TypedChoiceField):  # those of the row
        known: Any = field.choices
        field.choices = [(value, _CHOICES.get(value, said)) for value, said in known]


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
