"""National registers: SIRENE and what is drawn from it, associations, the list of ESS enterprises.

Sources: standards.md, section 3; headers of the stock files and of the RNA exports as their producers publish them.
Persons are never read: managers, elected members, sole traders, telephone and address of who declares an association.
"""

from typing import Any

from terreau.opendata.pure.connectors.shape import Connector, Raw, first, joined
from terreau.opendata.pure.problems import Problem
from terreau.opendata.pure.tables import Cells

PERSON, CONTACT, LETTER, OTHERS, MONEY, TECHNICAL, STAFF, ESS = (
    "person", "private_contact", "correspondence", "establishments", "finance", "technical", "staff", "ess",
)  # fmt: skip
NATURAL = "1"
"""First digit of the legal category of natural persons."""


def _hidden(status: Any, name: Any) -> Problem | None:
    """Refuse a unit whose name its owner keeps from being spread (statutDiffusion P: « [ND] »)."""
    if str(name or "").strip() == "[ND]" or (status == "P" and not name):
        return Problem("not_diffused")
    return None


def _search(cells: Cells, raw: Raw) -> Problem | None:
    raw["name"] = first(cells, "nom_raison_sociale", "nom_complet")
    if str(cells.get("nature_juridique") or "").startswith(NATURAL):
        return Problem("natural_person")
    if problem := _hidden(cells.get("statut_diffusion"), raw["name"]):
        return problem
    raw["address"] = joined(
        cells, "siege.numero_voie", "siege.indice_repetition", "siege.type_voie", "siege.libelle_voie"
    )
    raw["end"] = cells.get("date_fermeture") if cells.get("etat_administratif") == "C" else None
    signs = cells.get("siege.liste_enseignes")
    raw["usage_name"] = first(cells, "siege.nom_commercial") or (
        signs[0] if isinstance(signs, list) and signs else None
    )
    return None


def _current(periods: Any) -> Cells:
    """Give the period that is still open, else the latest."""
    known = [period for period in periods if isinstance(period, dict)] if isinstance(periods, list) else []
    return max(known, key=lambda period: (not period.get("dateFin"), str(period.get("dateDebut"))), default={})


def _unit(cells: Cells, raw: Raw) -> Problem | None:
    """Complete a legal unit, of the API (with its periods) or of the stock (columns of the current one)."""
    now = _current(cells["periodesUniteLegale"]) if "periodesUniteLegale" in cells else cells
    category = str(now.get("categorieJuridiqueUniteLegale") or "")
    name = first(now, "denominationUniteLegale", "denominationUsuelle1UniteLegale")
    if category.startswith(NATURAL) or (not name and first(now, "nomUniteLegale", "nomUsageUniteLegale")):
        return Problem("natural_person")
    raw |= {
        "name": name,
        "usage_name": first(now, "denominationUsuelle1UniteLegale"),
        "legal_category": category,
        "activity_code": now.get("activitePrincipaleUniteLegale"),
        "activity_nomenclature": now.get("nomenclatureActivitePrincipaleUniteLegale"),
    }
    if nic := now.get("nicSiegeUniteLegale"):
        raw["siret"] = f"{cells.get('siren') or ''}{str(nic).zfill(5)}"
    if now.get("etatAdministratifUniteLegale") == "C":
        raw["end"] = now.get("dateDebut")
    return _hidden(cells.get("statutDiffusionUniteLegale"), name)


def _establishment(cells: Cells, raw: Raw) -> Problem | None:
    raw["name"] = first(cells, "denominationUsuelleEtablissement", "enseigne1Etablissement", "denominationUniteLegale")
    raw["address"] = joined(
        cells,
        "numeroVoieEtablissement",
        "indiceRepetitionEtablissement",
        "typeVoieEtablissement",
        "libelleVoieEtablissement",
    )
    if cells.get("etatAdministratifEtablissement") == "F":
        raw["end"] = cells.get("dateDebut")
    if problem := _hidden(cells.get("statutDiffusionEtablissement"), raw["name"]):
        return problem
    return None if raw["name"] else Problem("establishment_name")


def _association(prefix: str, position: str) -> Any:
    def complete(cells: Cells, raw: Raw) -> Problem | None:
        raw["address"] = joined(
            cells, f"{prefix}numvoie", f"{prefix}numero_voie", f"{prefix}repetition", f"{prefix}typevoie", f"{prefix}type_voie",
            f"{prefix}libvoie", f"{prefix}libelle_voie",
        )  # fmt: skip
        if cells.get(position) == "S":
            return Problem("deleted")
        return None

    return complete


def _old_association(cells: Cells, raw: Raw) -> Problem | None:
    raw["address"] = joined(cells, "adr1", "adr2", "adr3")
    return Problem("deleted") if cells.get("position") == "S" else None


def _answer(cells: Cells, raw: Raw) -> Problem | None:
    """Complete an answer of API Entreprise: a legal unit, or an establishment that bears the name of its unit."""
    raw["name"] = first(
        cells, "personne_morale_attributs.raison_sociale", "unite_legale.personne_morale_attributs.raison_sociale"
    )
    raw["address"] = joined(
        cells, "adresse.numero_voie", "adresse.indice_repetition_voie", "adresse.type_voie", "adresse.libelle_voie"
    )
    if "personne_physique" in {cells.get("type"), cells.get("unite_legale.type")}:
        return Problem("natural_person")
    return None


def _answered_association(cells: Cells, raw: Raw) -> Problem | None:
    raw["address"] = joined(cells, "adresse_siege.numero_voie", "adresse_siege.type_voie", "adresse_siege.libelle_voie")
    return None


def _ess_unit(cells: Cells, raw: Raw) -> Problem | None:
    return _hidden(None, cells.get("denomination"))


REGISTERS = (
    Connector(
        "recherche_entreprises", "Recherche d'entreprises", frozenset({"siren", "nom_complet", "siege.siret"}),
        {
            "siren": "siren", "siege.siret": "siret", "sigle": "acronym", "siege.code_postal": "postcode", "siege.libelle_commune": "commune",
            "siege.commune": "commune_code", "siege.latitude": "latitude", "siege.longitude": "longitude", "activite_principale": "activity_code",
            "nature_juridique": "legal_category", "date_creation": "start", "complements.identifiant_association": "rna",
        },
        "siren",
        frozenset({
            "nom_complet", "nom_raison_sociale", "statut_diffusion", "siege.numero_voie", "siege.indice_repetition", "siege.type_voie",
            "siege.libelle_voie", "date_fermeture", "etat_administratif", "siege.nom_commercial", "siege.liste_enseignes",
        }),
        {
            "dirigeants": PERSON, "complements.collectivite_territoriale.elus": PERSON, "matching_etablissements": OTHERS, "finances": MONEY,
            "tranche_effectif": STAFF, "siege.tranche_effectif": STAFF, "complements.est_ess": ESS, "date_mise_a_jour": TECHNICAL,
            "siege.date_mise_a_jour": TECHNICAL, "admin.": TECHNICAL, "score": TECHNICAL,
        },
        _search,
    ),
    Connector(
        "sirene_unite", "SIRENE (unités légales, API)", frozenset({"siren", "periodesUniteLegale"}),
        {"siren": "siren", "sigleUniteLegale": "acronym", "dateCreationUniteLegale": "start", "identifiantAssociationUniteLegale": "rna"},
        "siren", frozenset({"periodesUniteLegale", "statutDiffusionUniteLegale"}),
        {
            "prenom": PERSON, "sexe": PERSON, "pseudonyme": PERSON, "nomUniteLegale": PERSON, "nomUsage": PERSON, "trancheEffectifs": STAFF,
            "anneeEffectifs": STAFF, "dateDernierTraitement": TECHNICAL, "nombrePeriodes": TECHNICAL, "unitePurgee": TECHNICAL,
        },
        _unit,
    ),
    Connector(
        "sirene_stock_unite", "SIRENE (unités légales, stock)", frozenset({"siren", "denominationUniteLegale", "categorieJuridiqueUniteLegale"}),
        {"siren": "siren", "sigleUniteLegale": "acronym", "dateCreationUniteLegale": "start", "identifiantAssociationUniteLegale": "rna"},
        "siren",
        frozenset({
            "statutDiffusionUniteLegale", "denominationUniteLegale", "denominationUsuelle1UniteLegale", "categorieJuridiqueUniteLegale",
            "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale", "nicSiegeUniteLegale", "etatAdministratifUniteLegale", "dateDebut",
        }),
        {
            "prenom": PERSON, "sexe": PERSON, "pseudonyme": PERSON, "nomUniteLegale": PERSON, "nomUsage": PERSON, "trancheEffectifs": STAFF,
            "anneeEffectifs": STAFF, "economieSociale": ESS, "dateDernierTraitement": TECHNICAL, "nombrePeriodes": TECHNICAL, "unitePurgee": TECHNICAL,
        },
        _unit,
    ),
    Connector(
        "sirene_etablissement", "SIRENE (établissements, stock)", frozenset({"siret", "codeCommuneEtablissement"}),
        {
            "siret": "siret", "siren": "siren", "codePostalEtablissement": "postcode", "libelleCommuneEtablissement": "commune",
            "codeCommuneEtablissement": "commune_code", "dateCreationEtablissement": "start", "activitePrincipaleEtablissement": "activity_code",
            "nomenclatureActivitePrincipaleEtablissement": "activity_nomenclature", "longitude": "longitude", "latitude": "latitude",
            "complementAdresseEtablissement": "address_more",
        },
        "siret",
        frozenset({
            "denominationUsuelleEtablissement", "enseigne1Etablissement", "denominationUniteLegale", "numeroVoieEtablissement",
            "indiceRepetitionEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement", "etatAdministratifEtablissement", "dateDebut",
            "statutDiffusionEtablissement",
        }),
        {"trancheEffectifs": STAFF, "anneeEffectifs": STAFF, "dateDernierTraitement": TECHNICAL, "nombrePeriodes": TECHNICAL, "geo_": TECHNICAL},
        _establishment,
    ),
    Connector(
        "rna", "Répertoire national des associations", frozenset({"id", "titre", "adrs_codeinsee", "position"}),
        {
            "id": "rna", "siret": "siret", "date_creat": "start", "date_disso": "end", "titre": "name", "titre_court": "acronym", "objet": "summary",
            "adrs_complement": "address_more", "adrs_codeinsee": "commune_code", "adrs_codepostal": "postcode", "adrs_libcommune": "commune",
            "siteweb": "site", "libcom": "commune",
        },
        "rna", frozenset({"adrs_numvoie", "adrs_repetition", "adrs_typevoie", "adrs_libvoie", "position"}),
        {
            "dir_civilite": PERSON, "telephone": CONTACT, "email": CONTACT, "adrg_": LETTER, "id_ex": TECHNICAL, "gestion": TECHNICAL,
            "maj_time": TECHNICAL, "publiweb": TECHNICAL, "observation": TECHNICAL,
        },
        _association("adrs_", "position"), frozenset({"adr1"}),
    ),
    Connector(
        "rna_import", "Répertoire national des associations (anciennes)", frozenset({"id", "titre", "adr1", "libcom"}),
        {
            "id": "rna", "siret": "siret", "date_creat": "start", "titre": "name", "objet": "summary", "adrs_codepostal": "postcode", "libcom": "commune",
            "adrs_codeinsee": "commune_code", "siteweb": "site",
        },
        "rna", frozenset({"adr1", "adr2", "adr3", "position"}),
        {"dir_civilite": PERSON, "telephone": CONTACT, "email": CONTACT, "id_ex": TECHNICAL, "gestion": TECHNICAL, "maj_time": TECHNICAL, "observation": TECHNICAL},
        _old_association,
    ),
    Connector(
        "rna_api", "Répertoire national des associations (API)", frozenset({"id_association", "titre", "position_activite"}),
        {
            "id_association": "rna", "siret": "siret", "date_creation": "start", "date_declaration_dissolution": "end", "titre": "name",
            "titre_court": "acronym", "objet": "summary", "adresse_code_insee": "commune_code", "adresse_code_postal": "postcode",
            "adresse_libelle_commune": "commune", "site_web": "site",
        },
        "rna", frozenset({"adresse_numero_voie", "adresse_repetition", "adresse_type_voie", "adresse_libelle_voie", "position_activite"}),
        {
            "dirigeant": PERSON, "telephone": CONTACT, "email": CONTACT, "adresse_gestion": LETTER, "is_waldec": TECHNICAL,
            "id_ex": TECHNICAL, "code_gestion": TECHNICAL, "derniere_maj": TECHNICAL, "autorisation_publication_web": TECHNICAL,
        },
        _association("adresse_", "position_activite"),
    ),
    Connector(
        "ess_france", "Liste des entreprises de l'ESS (ESS France)", frozenset({"SIREN", "Nom ou raison sociale de l'entreprise"}),
        {
            "SIREN": "siren", "Nom ou raison sociale de l'entreprise": "name", "Code postal": "postcode",
            "Libellé de la commune de l'établissement": "commune",
        },
        "siren", leaves={"Code du d": TECHNICAL, "Dép": TECHNICAL, "Région": TECHNICAL},
    ),
    Connector(
        "ess_unites", "Unités légales de l'ESS (SIRENE)", frozenset({"siren", "siret_siege", "denomination", "categorie_juridique"}),
        {
            "siren": "siren", "siret_siege": "siret", "denomination": "name", "sigle": "acronym", "naf": "activity_code",
            "categorie_juridique": "legal_category", "date_creation": "start", "rna": "rna", "code_postal": "postcode", "commune": "commune",
            "site_web": "site",
        },
        "siren", leaves={
            "flag_ess": ESS, "dans_liste_ess": ESS, "agrement_esus": ESS, "societe_mission": ESS, "tranche_effectifs": STAFF, "annee_effectifs": STAFF,
        },
        complete=_ess_unit,
    ),
    Connector(
        "api_entreprise", "API Entreprise (INSEE)", frozenset({"siren", "siret_siege_social", "personne_morale_attributs.raison_sociale"}),
        {
            "siren": "siren", "siret_siege_social": "siret", "rna": "rna", "personne_morale_attributs.sigle": "acronym",
            "forme_juridique.code": "legal_category", "activite_principale.code": "activity_code",
            "activite_principale.nomenclature": "activity_nomenclature", "date_creation": "start", "date_cessation": "end",
            "siret": "siret", "unite_legale.rna": "rna", "unite_legale.forme_juridique.code": "legal_category", "enseigne": "usage_name",
            "adresse.complement_adresse": "address_more", "adresse.code_postal": "postcode", "adresse.libelle_commune": "commune",
            "adresse.code_commune": "commune_code", "date_fermeture": "end",
        },
        "siret",
        frozenset({
            "personne_morale_attributs.raison_sociale", "unite_legale.personne_morale_attributs.raison_sociale", "adresse.numero_voie",
            "adresse.indice_repetition_voie", "adresse.type_voie", "adresse.libelle_voie", "type", "unite_legale.type",
        }),
        {"personne_physique": PERSON, "unite_legale.personne_physique": PERSON, "tranche_effectif": STAFF, "unite_legale.tranche_effectif": STAFF,
         "economie_sociale": ESS, "unite_legale.economie_sociale": ESS, "status_diffusion": TECHNICAL, "unite_legale.": TECHNICAL},
        _answer,
    ),
    Connector(
        "api_association", "API Entreprise (associations)", frozenset({"rna", "nom", "siret_siege", "adresse_siege.code_postal"}),
        {
            "rna": "rna", "siren": "siren", "siret_siege": "siret", "nom": "name", "sigle": "acronym", "forme_juridique.code": "legal_category",
            "date_creation": "start", "date_dissolution": "end", "adresse_siege.complement": "address_more", "adresse_siege.code_insee": "commune_code",
            "adresse_siege.code_postal": "postcode", "adresse_siege.commune": "commune", "activites.objet": "summary",
            "activites.activite_principale.code": "activity_code",
        },
        "rna", frozenset({"adresse_siege.numero_voie", "adresse_siege.type_voie", "adresse_siege.libelle_voie"}),
        {"etablissements": OTHERS, "adresse_gestion": LETTER, "documents": TECHNICAL, "ancien_id": TECHNICAL, "activites.tranche": STAFF,
         "activites.economie": ESS, "impots": MONEY, "eligibilite": TECHNICAL, "raison_non": TECHNICAL},
        _answered_association,
    ),
)  # fmt: skip
