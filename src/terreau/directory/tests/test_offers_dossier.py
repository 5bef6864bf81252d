"""offres.yaml, and the distinctions of appels.yaml: read, refused, written back the same."""

from decimal import Decimal

import pytest

from terreau.directory.models import Distinction, Offer, Purchase, Sector
from terreau.kernel.testing.dossiers import checked, messages, stored

OFFERS = """
    secteurs:
      - {id: traiteur, nom: Traiteur, groupe: Restauration}
    offres:
      - id: repas
        intitule: Repas livrés
        organisation: apes
        avec: [{organisation: cavm, apport: La livraison}]
        type: produit
        secteurs: [traiteur]
        capacite: 200 repas par jour
        zone: Valenciennois
        debut: 2020~
        sources: [{source: livret, page: 40}]
    achats:
      - {id: noel, objet: Repas de Noël, acheteur: cavm, fournisseur: apes, offre: repas, secteur: traiteur, date: 2021-12, montant_ht: 1250.5, procedure: marche_reserve, visibilite: equipe}
    """
PRIZES = """
    distinctions:
      - {id: prix, nom: Prix, beneficiaire: apes, remise_par: cavm, date: 2021}
      - {id: label, nom: Label, type: label, beneficiaire: cavm, remise_par_nom: Autrui, fin: ..}
    """


def test_offers_purchases_and_distinctions_find_their_tables(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, offres=OFFERS, appels=PRIZES)
    offer, purchase = Offer.objects.get(), Purchase.objects.get()
    assert [(one.organisation.key, one.part) for one in offer.providers.all()] == [("cavm", "La livraison")]
    assert [sector.name for sector in offer.sectors.all()] == ["Traiteur"]
    assert (str(offer.start), offer.sort, offer.capacity) == ("2020~", "produit", "200 repas par jour")
    assert (purchase.offer, purchase.sector, purchase.amount) == (offer, Sector.objects.get(), Decimal("1250.50"))
    assert purchase.visibility == "equipe"
    assert list(Distinction.objects.order_by("key").values_list("key", "given_by")) == [
        ("label", "Autrui"),
        ("prix", ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("acheteur: cavm", "acheteur: apes", "s'achèterait à elle-même"),
        ("{organisation: cavm,", "{organisation: apes,", "est déjà dans cette offre"),
        ("montant_ht: 1250.5", "montant_ht: -1", "montant_ht"),
        ("secteurs: [traiteur]", "secteurs: [inconnu]", "inconnu"),
        ("procedure: marche_reserve", "procedure: troc", "procedure"),
        ("type: produit", "type: chose", "type"),
    ],
)
def test_what_cannot_be_true_is_refused(before, after, said, tmp_path):
    problems = messages(checked(tmp_path, offres=OFFERS.replace(before, after)))
    assert len(problems) == 1
    assert said in problems[0].replace("’", "'")
    assert problems[0].startswith("offres.yaml:")


def test_a_distinction_is_of_one_and_only_one(tmp_path):
    problems = messages(checked(tmp_path, appels="distinctions: [{id: prix, nom: Prix}]"))
    assert len(problems) == 1
    assert "à une organisation ou à une initiative" in problems[0]
