"""Offers, purchases, distinctions and files of sectors, as people type them."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import DistinctionSort, OfferSort, PurchaseProcedure
from terreau.directory.forms.desk import EurosInput, NamedRecord, RecordForm
from terreau.directory.models import Initiative, Organisation, Sector
from terreau.directory.queries.offers import sector_choices
from terreau.directory.services import Share
from terreau.kernel.clock import today
from terreau.kernel.forms import EdtfInput

ORGANISATION = Organisation.KIND


class OfferForm(RecordForm):
    """An offer: who makes it, alone or with whom, for what needs."""

    FIELDS: ClassVar = ("title", "sort", "description", "capacity", "area", "start", "end", "visibility")

    organisation = NamedRecord(
        ORGANISATION, label=_("Qui répond à l'acheteur"), help_text=_("Le nom d'une organisation de l'annuaire.")
    )
    title = forms.CharField(
        label=_("Ce qui se vend"), max_length=200, help_text=_("En quelques mots : « Entretien d'espaces verts ».")
    )
    sort = forms.ChoiceField(label=_("Type"), choices=OfferSort.choices, initial=OfferSort.SERVICE)
    sectors = forms.MultipleChoiceField(
        label=_("Secteurs d'achat"), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea)
    capacity = forms.CharField(
        label=_("Capacité"),
        required=False,
        max_length=200,
        help_text=_("Combien, dans vos mots : « 200 repas par jour »."),
    )
    area = forms.CharField(label=_("Zone desservie"), required=False, max_length=200)
    shares = forms.CharField(
        label=_("Avec qui"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une organisation par ligne, puis deux points et ce qu'elle apporte : « Maison du Vélo : la livraison »."),
    )  # fmt: skip
    start = EdtfInput(label=_("Proposée depuis"), required=False)
    end = EdtfInput(label=_("Fin"), required=False, help_text=_("Laisser vide tant que l'offre tient."))

    field_order = [
        "organisation", "title", "sort", "sectors", "description", "capacity", "area", "shares", "start", "end",
        "source", "locator", "visibility",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record is not None:
            del self.fields["organisation"]
        sectors: Any = self.fields["sectors"]
        sectors.choices = sector_choices(self.desk.territory)
        if not sectors.choices:
            del self.fields["sectors"]

    def initial_of(self, record: Any) -> dict[str, Any]:
        providers = record.providers.select_related("organisation").order_by("position", "pk")
        lines = [" : ".join(filter(None, (one.organisation.name, one.part))) for one in providers]
        sectors = [sector.key for sector in record.sectors.all()]
        return super().initial_of(record) | {"shares": "\n".join(lines), "sectors": sectors}

    def clean_shares(self) -> list[Share]:
        """Read one organisation per line; a name may itself hold a colon, so the longest that is known wins."""
        shares, wrong = [], []
        for number, line in enumerate(self.cleaned_data["shares"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                shares.append(self._share(line.strip()))
            except ValidationError as error:
                wrong += [_("Ligne %(number)s : %(problem)s") % {"number": number, "problem": text} for text in error]
        if wrong:
            raise ValidationError(wrong)
        return shares

    def _share(self, line: str) -> Share:
        colons = [place for place, letter in enumerate(line) if letter == ":"]
        first: ValidationError | None = None
        for place in [len(line), *reversed(colons)]:
            try:
                organisation: Any = self.desk.named(line[:place].strip(), ORGANISATION)
                return Share(organisation, line[place + 1 :].strip()[:200])
            except ValidationError as error:
                first = error
        raise first or ValidationError("")

    @property
    def chosen_sectors(self) -> list[Sector]:
        rows: Any = Sector.objects.of(self.desk.territory).filter(key__in=self.cleaned_data.get("sectors", ()))
        return list(rows)


class EndForm(forms.Form):
    """Since when an offer no longer holds."""

    on = EdtfInput(label=_("L'offre a pris fin"))
    opened_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"on": today().isoformat(), "opened_on": version})


class PurchaseForm(RecordForm):
    """A purchase: who bought what from whom, when, for how much."""

    FIELDS: ClassVar = (
        "buyer", "supplier", "title", "start", "end", "amount", "procedure", "note", "visibility",
    )  # fmt: skip

    buyer = NamedRecord(ORGANISATION, label=_("Acheteur"), help_text=_("Le nom d'une organisation de l'annuaire."))
    supplier = NamedRecord(
        ORGANISATION, label=_("Fournisseur"), help_text=_("Le nom d'une organisation de l'annuaire.")
    )
    title = forms.CharField(label=_("Objet"), max_length=256)
    start = EdtfInput(label=_("Date"))
    end = EdtfInput(label=_("Fin du contrat"), required=False, help_text=_("Seulement si l'achat dure."))
    amount = EurosInput(
        label=_("Montant hors taxes, en euros"), required=False,
        help_text=_("Laisser vide s'il n'est pas connu : inconnu n'est pas zéro."),
    )  # fmt: skip
    procedure = forms.ChoiceField(
        label=_("Procédure"), required=False, choices=[("", _("Non dite")), *PurchaseProcedure.choices]
    )
    sector = forms.ChoiceField(label=_("Secteur d'achat"), required=False)
    note = forms.CharField(label=_("Remarque"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = [
        "buyer", "supplier", "title", "start", "end", "amount", "procedure", "sector", "note", "source", "locator",
        "visibility",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector: Any = self.fields["sector"]
        sector.choices = [("", _("Non dit")), *sector_choices(self.desk.territory)]
        self.fields["visibility"].help_text = _("Le montant se lit partout où se lit l'achat.")

    def initial_of(self, record: Any) -> dict[str, Any]:
        amount = "" if record.amount is None else str(record.amount).replace(".", ",")
        return super().initial_of(record) | {
            "buyer": record.buyer.name, "supplier": record.supplier.name, "amount": amount,
            "sector": record.sector.key if record.sector else "",
        }  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        key = self.cleaned_data["sector"]
        rows: Any = Sector.objects.of(self.desk.territory)
        return super().values | {"sector": rows.filter(key=key).first() if key else None}


class DistinctionForm(RecordForm):
    """A distinction: what, to whom, by whom, from when to when."""

    FIELDS: ClassVar = ("sort", "name", "start", "end", "summary", "visibility")

    holder = NamedRecord(
        ORGANISATION, Initiative.KIND, label=_("À qui"),
        help_text=_("Le nom d'une organisation ou d'une initiative de l'annuaire."),
    )  # fmt: skip
    sort = forms.ChoiceField(label=_("Type"), choices=DistinctionSort.choices)
    name = forms.CharField(label=_("Nom de la distinction"), max_length=300)
    giver = NamedRecord(
        ORGANISATION, is_free=True, required=False, label=_("Remise par"),
        help_text=_("Un nom de l'annuaire, ou tout autre nom d'organisme."),
    )  # fmt: skip
    start = EdtfInput(label=_("Date"), required=False)
    end = EdtfInput(
        label=_("Fin de validité"), required=False, help_text=_("Laisser vide si rien ne dit qu'elle a pris fin.")
    )
    summary = forms.CharField(label=_("Résumé"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = [
        "holder", "sort", "name", "giver", "start", "end", "summary", "source", "locator", "visibility",
    ]  # fmt: skip

    def initial_of(self, record: Any) -> dict[str, Any]:
        holder = record.organisation or record.initiative
        giver = record.giver.name if record.giver else record.given_by
        return super().initial_of(record) | {"holder": holder.name, "giver": giver}

    def clean_giver(self) -> Any:
        """Keep a name that the directory does not know as a text, as long as the table holds it."""
        giver = self.cleaned_data["giver"]
        if isinstance(giver, str) and len(giver) > 200:  # noqa: PLR2004 -- length of the column
            raise ValidationError(_("Ce nom dépasse 200 signes : l'abréger."))
        return giver

    @property
    def values(self) -> dict[str, Any]:
        holder, giver = self.cleaned_data["holder"], self.cleaned_data["giver"]
        is_known = isinstance(giver, Organisation)
        return super().values | {
            "organisation": holder if isinstance(holder, Organisation) else None,
            "initiative": holder if isinstance(holder, Initiative) else None,
            "giver": giver if is_known else None,
            "given_by": "" if is_known else giver or "",
        }


class SectorsForm(forms.Form):
    """A file of sectors, and whether it replaces the list."""

    file = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_("Trois colonnes : slug, libelle, groupe. La première ligne porte ces titres."),
    )
    replace = forms.BooleanField(
        label=_("Retirer les secteurs que le fichier n'a pas"), required=False,
        help_text=_("Ceux qu'une offre ou un achat emploie restent."),
    )  # fmt: skip
