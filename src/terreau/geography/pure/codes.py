"""Official codes: are they well formed, and whose are they?

Sources: INSEE, Code officiel géographique (communes, departments); INSEE, SIRENE (SIREN, SIRET: Luhn's formula,
ISO/IEC 7812-1 annex B); decree of 16 August 1901 and the national register of associations (RNA); SCDL Subventions
2.1.1 (the RNA numbers that may be published).
All codes are text: a number would lose the zeros of the Ain and the letters of Corsica.
"""

import re

LA_POSTE = "356000000"

COMMUNE = re.compile(r"(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5])\d{3}|97[1-8]\d{2}|98[46789]\d{2}", re.ASCII)
SIREN = re.compile(r"\d{9}", re.ASCII)
SIRET = re.compile(r"\d{14}", re.ASCII)
RNA = re.compile(r"W[0-9A-Z]{9}")
_DOUBLED = str.maketrans("0123456789", "0246813579")
"""Each digit doubled, the digits of the result added."""
PUBLISHED_RNA = re.compile(r"W\d{9}", re.ASCII)


def is_commune_code(text: str) -> bool:
    """Whether the text has the form of an INSEE commune code of today.

    5 characters, Corsica 2A and 2B (20 is before 1976), overseas 971-978 and 984, 986-989.
    """
    return COMMUNE.fullmatch(text) is not None


def department_of(commune_code: str) -> str:
    """Return the department code that begins a commune code: 3 characters overseas, 2 elsewhere."""
    return commune_code[:3] if commune_code.startswith(("97", "98")) else commune_code[:2]


def has_luhn_key(digits: str) -> bool:
    """Whether the last digit is the key of the others.

    From the right, every second digit is doubled and its digits added; the whole sum divides by 10.
    """
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(_DOUBLED))) % 10 == 0


def is_siren(text: str) -> bool:
    """Whether the text is 9 digits with a valid key."""
    return SIREN.fullmatch(text) is not None and has_luhn_key(text)


def is_siret(text: str) -> bool:
    """Whether the text is 14 digits, a valid SIREN first, with a valid key.

    The establishments of La Poste (SIREN 356000000) were too many for Luhn's key: their digits sum to a multiple of 5;
    its head office keeps an ordinary key.
    """
    if SIRET.fullmatch(text) is None or not is_siren(text[:9]):
        return False
    return has_luhn_key(text) or (text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0)


def is_rna(text: str) -> bool:
    """Whether the text is an RNA number as associations have them: W and 9 characters (letters exist overseas)."""
    return RNA.fullmatch(text) is not None


def is_published_rna(text: str) -> bool:
    """Whether open-data formats take this RNA number: W and 9 digits (SCDL Subventions, data·inclusion)."""
    return PUBLISHED_RNA.fullmatch(text) is not None
