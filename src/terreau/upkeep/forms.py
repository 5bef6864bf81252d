"""Forms of claims, suggestions, decisions and rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Nature, Organisation, UpkeepRules
from terreau.directory.services.plain_values import plain_values
from terreau.kernel.forms import EdtfInput
from terreau.territory.models import Territory

CORRECTED = (
    "name", "summary", "description", "address", "postcode", "commune", "email", "telephone", "site", "start", "end",
)  # fmt: skip
"""Fields that anyone may suggest to correct, in the order of the form."""
TRAP = "adresse_web"


class Trapped(forms.Form):
    """A form open to everyone, with a field that people do not see and that machines fill in."""

    adresse_web = forms.CharField(
        label=_("Ne rien écrire ici"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what nobody sees."""
        return bool(self.cleaned_data.get(TRAP))

    @property
    def shown_fields(self) -> list[Any]:
        """The fields that people see, the trap left aside."""
        return [bound for bound in self.visible_fields() if bound.name != TRAP]


class ClaimForm(Trapped):
    email = forms.EmailField(
        label=_("Votre courriel"),
        max_length=254,
        help_text=_(
            "Une lettre y part pour vérifier qu'il est bien à vous. Celui de la structure va plus vite. Il n'est montré qu'à l'équipe."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=_("Votre lien avec la structure"),
        max_length=2_000,
        help_text=_("En quelques mots : « j'y suis salariée », « je la préside »."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_signed_in:
            del self.fields["email"]


class RefusalForm(forms.Form):
    """Says no, with a reason that the person reads."""

    reason = forms.CharField(label=_("Raison"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class SuggestionForm(Trapped):
    """What anyone may suggest. Fields of a page carry what it says now, so that only what is changed is sent."""

    name = forms.CharField(label=_("Nom"), max_length=300)
    summary = forms.CharField(
        label=_("Ce qu'elle fait, en une ou deux phrases"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    description = forms.CharField(label=_("Présentation"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    address = forms.CharField(label=_("Adresse"), required=False, max_length=300)
    postcode = forms.CharField(label=_("Code postal"), required=False, max_length=10)
    commune = forms.CharField(label=_("Commune"), required=False, max_length=120)
    email = forms.EmailField(label=_("Courriel de la structure"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), required=False, max_length=40)
    site = forms.URLField(label=_("Site"), required=False, assume_scheme="https", max_length=200)
    start = EdtfInput(label=_("Création"), required=False)
    end = EdtfInput(
        label=_("Fin"), required=False, help_text=_("Laisser vide tant que rien ne dit qu'elle a pris fin.")
    )
    message = forms.CharField(
        label=_("Autre chose à dire"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.CharField(
        label=_("D'où le savez-vous ?"),
        required=False,
        max_length=5_000,
        help_text=_("Un lien, un document, « j'y travaille » : cela aide à décider."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    your_email = forms.EmailField(
        label=_("Votre courriel"),
        required=False,
        help_text=_(
            "Pour savoir ce que devient votre suggestion. L'équipe seule le voit ; il est effacé 30 jours après sa décision."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self, data: Any = None, *, territory: Territory, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        now = plain_values(organisation, CORRECTED) if organisation else {}
        super().__init__(data, initial={name: value or "" for name, value in now.items()}, **kwargs)
        if organisation:
            del self.fields["nature"]
        else:
            del self.fields["end"]
            nature: Any = self.fields["nature"]
            known = Nature.objects.of(territory).in_order().values_list("key", "name")
            nature.choices = [("", _("je ne sais pas")), *known]

    @property
    def proposed(self) -> dict[str, Any]:
        """What was written, field by field, as plain values."""
        written = {name: self.cleaned_data[name] for name in (*CORRECTED, "nature") if name in self.cleaned_data}
        return {name: "" if value is None else str(value) for name, value in written.items()}

    @property
    def words(self) -> dict[str, str]:
        """What goes with it: a message, its source, and where to answer."""
        said = self.cleaned_data
        return {"message": said["message"], "evidence": said["evidence"], "email": said["your_email"]}


class ShortForm(SuggestionForm):
    """A suggestion in one's own words: a structure that closed, an answer to a question."""

    def __init__(self, data: Any = None, *, territory: Territory, asks_end: bool = False, **kwargs: Any) -> None:
        super().__init__(data, territory=territory, **kwargs)
        kept = {"message", "evidence", "your_email", TRAP}
        self.fields = {name: field for name, field in self.fields.items() if name in kept}
        self.fields["message"].label = _("Ce que vous savez")
        if asks_end:
            end = EdtfInput(label=_("Depuis quand n'existe-t-elle plus ?"), required=False)
            self.fields = {"end": end, **self.fields}
        else:
            self.fields["message"].required = True


class DecisionForm(forms.Form):
    """Decides one suggestion: which fields, worded how, and what to say to whoever sent it."""

    opened_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Un mot pour la personne"),
        required=False,
        max_length=2_000,
        help_text=_("Envoyé avec la décision, si elle a laissé son courriel."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BatchForm(forms.Form):
    """Decides several suggestions with one gesture."""

    do = forms.ChoiceField(choices=[("accept", _("retenir")), ("decline", _("écarter"))])
    reason = forms.CharField(
        label=_("Raison"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RevertForm(forms.Form):
    """Goes back on a change; `is_sure` is asked only when fields changed again since."""

    opened_on = forms.IntegerField(widget=forms.HiddenInput)
    is_sure = forms.BooleanField(label=_("Revenir aussi sur les champs qui ont changé depuis"), required=False)

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["is_sure"]


class RulesForm(forms.ModelForm[UpkeepRules]):
    opened_on = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = UpkeepRules
        fields = ("reviews_managers", "review_after_months", "silent_after_days")
