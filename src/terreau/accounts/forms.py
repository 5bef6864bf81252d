"""Forms of one's own account and of the team."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from terreau.accounts import queries
from terreau.accounts.services import LONGEST_INVITATION_DAYS
from terreau.kernel.enums import Role


def say_password_rules(form: forms.BaseForm, field: str) -> None:
    """Put the rules of passwords under a field, in sentences: the ready-made list is HTML, which no help text takes."""
    form.fields[field].help_text = " ".join(password_validators_help_texts())


def speak_once(form: forms.BaseForm) -> None:
    """Take the hints out of the fields: they repeat the labels, in other words, and are read as answers."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    """Leaves the link to a forgotten password to the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        speak_once(self)


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_once(self)


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        speak_once(self)


class PasswordChangeForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        say_password_rules(self, "password1")
        speak_once(self)


class PasswordSetForm(allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_password_rules(self, "password1")
        speak_once(self)


class PasswordResetForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_password_rules(self, "password1")
        speak_once(self)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Nom affiché"),
        max_length=120,
        required=False,
        help_text=_("Ce nom signe ce que vous faites. Sans nom, votre courriel est montré à l'équipe."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NewAccountForm(forms.Form):
    """Opens the account of an invited address."""

    name = forms.CharField(
        label=_("Votre nom"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choisissez un mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_password_rules(self, "password")


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Courriel"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Rôle confié"),
        choices=[choice for choice in Role.choices if choice[0] != Role.MANAGER],
        help_text=_("La gestion d'une fiche se confie depuis cette fiche."),
    )
    days = forms.IntegerField(
        label=_("Durée de validité du lien, en jours"), initial=14, min_value=1, max_value=LONGEST_INVITATION_DAYS
    )


class EndForm(forms.Form):
    """Ends a role at once, or after a last day."""

    last_day = forms.DateField(
        label=_("Dernier jour du rôle"),
        required=False,
        help_text=_("Sans date, le rôle prend fin tout de suite."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReplayForm(forms.Form):
    """Chooses whose rights the table is replayed for."""

    role = forms.ChoiceField(
        label=_("Pour qui ?"),
        required=False,
        choices=[("", _("personne en particulier")), *queries.PLAYABLE.items()],
    )

    @property
    def chosen(self) -> str:
        """Name of the role, empty for none or for a word that is not a choice."""
        return self.cleaned_data["role"] if self.is_valid() else ""
