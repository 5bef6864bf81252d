"""What looks like one structure, and what only seems to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.duplicates.pure import matching
from terreau.duplicates.pure.matching import Index, pairs, pairs_with
from terreau.duplicates.pure.normalising import address_of, commune_of, compact_of, phone_of, site_of, words_of
from terreau.duplicates.pure.profiles import Profile
from terreau.duplicates.pure.weighing import AGAINST, FOR, SHOWN, Rarity, ready, weigh


def found(*profiles, least=SHOWN):
    return {(pair.first, pair.second): {code for code, _degree in pair.reasons} for pair in pairs(profiles, least)}


def named(key, name, **said):
    return Profile(key, (name,) if isinstance(name, str) else name, **said)


# Writings


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Association L'Œuf", ("oeuf",)),
        ("ŒUF (asso. loi 1901)", ("oeuf",)),
        ("S.C.I.C. Les Jardins de l'Étoile", ("jardins", "etoile")),
        ("L'Association", ("association",)),
        ("", ()),
    ],
)
def test_a_name_keeps_its_telling_words(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("03 27 00 11 22", "+33327001122"),
        ("+33 (0)3.27.00.11.22", "+33327001122"),
        ("0033327001122", "+33327001122"),
        ("+32 69 12 34 56", "+3269123456"),
        ("00 00 00 00 00", ""),
        ("à venir", ""),
        ("0327", ""),
    ],
)
def test_a_phone_is_written_in_one_way(text, number):
    assert phone_of(text) == number


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://www.Exemple.org/", ("exemple.org", "exemple.org")),
        ("exemple.org/accueil/", ("exemple.org", "exemple.org/accueil")),
        ("https://www.facebook.com/maisonduvelo/", ("", "facebook.com/maisonduvelo")),
        ("https://www.facebook.com/", ("", "")),
        ("https://marelle.assoconnect.com", ("", "marelle.assoconnect.com")),
        ("néant", ("", "")),
        ("http://[", ("", "")),
    ],
)
def test_a_site_is_its_host_unless_many_share_it(text, site):
    assert site_of(text) == site


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 r. de la Gare", "12, RUE DE LA GARE"),
        ("3 bd du Gal de Gaulle BP 12", "3 boulevard Général de Gaulle"),
        ("7 rue St-Jacques CEDEX", "7 Rue Saint Jacques"),
    ],
)
def test_an_address_is_written_in_one_way(one, other):
    assert address_of(one) == address_of(other) != ""


def test_a_commune_is_written_in_one_way():
    assert commune_of("ST AMAND LES EAUX CEDEX 2") == commune_of("Saint-Amand-les-Eaux")


# What is proposed, and why


def test_the_same_number_decides_whatever_the_names():
    siret = frozenset({("siret", "12345678200010")})

    assert found(named(1, "SCOP Relais", identifiers=siret), named(2, "Le chantier", identifiers=siret)) == {
        (1, 2): {"siret"}
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"commune": "Valenciennes"}, {"commune": "VALENCIENNES CEDEX"}),
        ({"phones": ("03 27 00 11 22",)}, {"phones": ("+33 3 27 00 11 22",), "commune": "Anzin"}),
        ({}, {"commune": "Anzin"}),
        ({"sites": ("http://velo.exemple.org",)}, {"sites": ("velo.exemple.org/contact",)}),
    ],
)
def test_a_name_written_otherwise_is_found(one, other):
    writings = [("La Maison du Vélo", "Maison du velo (association)"), ("Maison du Vélo", "Maisonduvelo"),
                ("Recyclerie de l'Escaut", "Recyclrie de l'Escaut")]  # fmt: skip
    for first, second in writings:
        assert list(found(named(1, first, **one), named(2, second, **other))) == [(1, 2)]


def test_a_former_name_and_an_acronym_are_found():
    assert found(named(1, ("Le Pré vert", "Jardins de l'Étoile")), named(2, "Jardins de l'Etoile")) == {
        (1, 2): {"same_name"}
    }
    reasons = found(
        named(1, "ADIE", commune="Lille", phones=("0320000001",)),
        named(2, "Association pour le droit à l'initiative économique", commune="Lille", phones=("0320000001",)),
    )
    assert reasons == {(1, 2): {"acronym", "phone", "commune"}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (named(1, "Comité des fêtes", commune="Anzin"), named(2, "Comité des fêtes", commune="Marly")),
        (named(1, "Les Restos du cœur", commune="Anzin"), named(2, "Restos du Coeur", commune="Denain")),
        (named(1, "Centre social Agate", commune="Anzin"), named(2, "Centre social Agora", commune="Anzin")),
        (named(1, "Mission locale du Valenciennois"), named(2, "Mission locale du Cambrésis")),
        (named(1, "École 12", commune="Lille"), named(2, "École 13", commune="Lille")),
        (named(1, "Ville d'Anzin"), named(2, "Ville de Marly")),
        (named(1, "Radio du Hainaut", phones=("0327000001",)), named(2, "Club d'échecs", phones=("0327000001",))),
        (named(1, "Vélo", sites=("facebook.com/velo",)), named(2, "Cuisine", sites=("facebook.com/cuisine",))),
    ],
)
def test_homonyms_and_neighbours_are_not_proposed(one, other):
    assert found(one, other) == {}


def test_two_branches_of_one_unit_are_not_duplicates():
    one = named(1, "Croix-Rouge", identifiers=frozenset({("siret", "12345678200010")}), commune="Anzin")
    other = named(2, "Croix-Rouge", identifiers=frozenset({("siret", "12345678200028")}), commune="Anzin")
    parent, branch = named(3, "Emmaüs Nord"), named(4, "Emmaüs Nord", parent=3)

    assert found(one, other) == {}
    assert found(parent, branch) == {}


def test_two_units_of_one_name_are_not_duplicates():
    one = named(1, "Le Relais", identifiers=frozenset({("siren", "123456782")}), commune="Anzin")
    other = named(2, "Le Relais", identifiers=frozenset({("siren", "987654324")}), commune="Anzin")

    assert found(one, other) == {}


def test_every_share_is_between_nothing_and_certainty():
    assert all(0 < share < 1 for share in (*FOR.values(), *AGAINST.values()))


def test_a_key_that_many_share_stays_bounded(monkeypatch):
    compared = []

    def weigh(one, *_):
        compared.append(one.id)
        return 0.0, ()

    monkeypatch.setattr(matching, "weigh", weigh)
    crowd = [named(number, f"Structure {number:04}", phones=("0327000001",)) for number in range(1000)]

    assert list(pairs(crowd)) == []
    assert len(compared) <= 1000 * matching.WINDOW * 3


# For any profiles at all


WORDS = ("maison", "vélo", "Anzin", "jardins", "comité", "fêtes", "relais", "étoile", "12", "nord")
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
drawn = st.builds(
    Profile,
    id=st.integers(0, 10_000),
    names=st.lists(names, min_size=1, max_size=2).map(tuple),
    identifiers=st.frozensets(
        st.sampled_from([("siren", "111111118"), ("siren", "222222226"), ("siret", "11111111800010"), ("rna", "W123456789")]), max_size=2
    ),
    commune=st.sampled_from(["", "Anzin", "Marly"]),
    commune_code=st.sampled_from(["", "59014"]),
    postcode=st.sampled_from(["", "59410", "59770"]),
    address=st.sampled_from(["", "1 rue Haute", "2 rue Basse"]),
    phones=st.sampled_from([(), ("0327000001",)]),
    sites=st.sampled_from([(), ("exemple.org",), ("facebook.com/a",)]),
    point=st.sampled_from([None, (3.5, 50.3), (3.6, 50.3)]),
)  # fmt: skip
crowds = st.lists(drawn, max_size=14, unique_by=lambda profile: str(profile.id))


@given(drawn, drawn)
def test_a_score_is_the_same_both_ways(one, other):
    rarity = Rarity({}, 2)

    there, back = weigh(ready(one), ready(other), rarity), weigh(ready(other), ready(one), rarity)

    assert there[0] == back[0]
    assert sorted(there[1]) == sorted(back[1])
    assert 0 <= there[0] <= 1


@given(crowds, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_profiles_and_come_once(crowd, draw):
    shuffled = draw.sample(crowd, len(crowd))

    first, second = list(pairs(crowd, 0.3)), list(pairs(shuffled, 0.3))

    assert first == second == list(pairs(crowd, 0.3))
    assert len({frozenset((pair.first, pair.second)) for pair in first}) == len(first)
    assert all(str(pair.first) < str(pair.second) for pair in first)


@given(crowds)
def test_few_profiles_lose_nothing_to_blocking_but_pairs_without_anything_in_common(crowd):
    index = Index(crowd)
    known = {frozenset((pair.first, pair.second)) for pair in index.pairs()}
    for place, one in enumerate(index.profiles):
        for other in index.profiles[place + 1 :]:
            if weigh(one, other, index.rarity)[0] >= SHOWN:
                assert frozenset((one.id, other.id)) in known


@given(crowds, drawn)
def test_a_newcomer_meets_those_it_would_meet_once_inside(crowd, newcomer):
    crowd = [profile for profile in crowd if profile.id != newcomer.id]
    index = Index(crowd)

    met = {pair.second: pair.score for pair in pairs_with([newcomer], index)}

    expected = {
        known.id: score
        for known in index.profiles
        if (score := weigh(ready(newcomer), known, index.rarity)[0]) >= SHOWN
    }
    assert met == expected


@given(st.text(max_size=40))
def test_any_text_is_normalised_without_complaint(text):
    for normalise in (words_of, phone_of, site_of, address_of, commune_of, compact_of):
        normalise(text)
