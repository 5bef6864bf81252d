import re
from html import unescape

import pytest

from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Citation, Dispute, Link, Source
from terreau.territory.models import Scale
from terreau.trajectory.enums import DatePrecision, Lane
from terreau.trajectory.tests.factories import IntensityPeriodFactory, MilestoneFactory, PhaseFactory

PAGE = "/valenciennois/frise/"


@pytest.fixture
def milestone(valenciennois):
    def make(**fields):
        made = MilestoneFactory.create(territory=valenciennois, **fields)
        facts.refresh(made)
        return made

    return make


def words_of(response):
    html = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").replace("’", "'")
    return re.sub(r"\s+", " ", text)


def listed(response):
    return re.findall(r'<li id="([^"]+)" class="moment', response.content.decode())


def drawn(response):
    return re.findall(r'<a class="mark[^"]*" href="#([^"]+)"', response.content.decode())


def test_an_empty_timeline_says_what_will_be_here(visitor, valenciennois):
    response = visitor.get(PAGE)
    assert response.status_code == 200
    assert "La frise du territoire se lira ici" in words_of(response)
    assert '<svg class="frieze' not in response.content.decode()


def test_a_milestone_is_drawn_and_listed_with_all_that_is_known(visitor, milestone, valenciennois):
    scale = Scale.objects.create(territory=valenciennois, key="commune", name="Commune", rank=1)
    made = milestone(
        key="j-1", when="2017~/2018~", title="Petits déjeuners", summary="Chaque mois.", precision=DatePrecision.PLACED,
        lane=Lane.ANIMATION, nature="evenement", scale=scale,
    )  # fmt: skip
    source = Source.objects.create(territory=valenciennois, key="carnet", title="Le carnet", genre="livret")
    Citation.objects.create(
        territory=valenciennois, kind="milestone", record_id=made.pk, source=source, locator="20-21"
    )
    response = visitor.get(PAGE)
    text = words_of(response)
    for said in (
        "entre 2017 et 2018 environ", "Petits déjeuners", "Chaque mois.", "Animation territoriale", "Commune", "Événement",
        "placé entre deux années sur la frise imprimée", "Le carnet , p. 20-21", "1 jalon, dans l'ordre du temps",
    ):  # fmt: skip
        assert said in text
    assert (drawn(response), listed(response)) == (["j-1"], ["j-1"])


def test_a_disputed_milestone_leads_to_the_doubt(visitor, milestone, valenciennois):
    made = milestone()
    dispute = Dispute.objects.create(
        territory=valenciennois,
        key="c-date",
        subject="La date du village",
        sort="date",
        severity="faible",
        origin="interne",
    )
    Link.objects.create(
        territory=valenciennois,
        from_kind="dispute",
        from_id=dispute.pk,
        role="object",
        to_kind="milestone",
        to_id=made.pk,
    )
    response = visitor.get(PAGE)
    assert "La date du village" in words_of(response)
    assert 'href="/valenciennois/contradictions/#c-date"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("piste=acteurs", ["a-2014", "a-2020"]),
        ("piste=acteurs&piste=politique_publique", ["a-2014", "p-2016", "a-2020"]),
        ("certitude=deduite", ["p-2016"]),
        ("de=2015", ["p-2016", "a-2020"]),
        ("a=2016", ["a-2014", "p-2016"]),
        ("de=2016&a=2014", ["a-2014", "p-2016"]),
        ("q=creation", ["a-2020"]),
        ("phase=ph1", ["a-2014", "p-2016"]),
        ("phase=inconnue", ["a-2014", "p-2016", "a-2020"]),
        ("de=hier", ["a-2014", "p-2016", "a-2020"]),
    ],
)
def test_filters_keep_the_same_in_the_picture_and_in_the_list(visitor, milestone, valenciennois, query, kept):
    PhaseFactory.create(territory=valenciennois, key="ph1", start="2012", end="2016")
    milestone(key="a-2014", when="2014")
    milestone(key="p-2016", when="2016", lane=Lane.POLICY, precision=DatePrecision.DEDUCED)
    milestone(key="a-2020", when="2020", title="Création de PHARE")
    response = visitor.get(f"{PAGE}?{query}")
    assert listed(response) == kept
    assert sorted(drawn(response)) == sorted(kept)


def test_filters_that_keep_nothing_say_so(visitor, milestone):
    milestone()
    assert "Aucun jalon ne répond à ces filtres" in words_of(visitor.get(f"{PAGE}?q=introuvable"))


def test_all_facts_are_shown_when_asked(visitor, milestone, valenciennois):
    milestone(key="j-1")
    source = Source.objects.create(territory=valenciennois, key="livre", title="Un livre", genre="livre", year="2007")
    facts.refresh(source)
    assert "Un livre" not in words_of(visitor.get(PAGE))
    response = visitor.get(f"{PAGE}?faits=tous")
    assert "Un livre" in words_of(response)
    assert "2 faits, dans l'ordre du temps" in words_of(response)


def test_the_intensity_is_said_beside_its_years(visitor, milestone, valenciennois):
    for number in range(13):
        milestone(when="2015", key=f"j-{number}")
    IntensityPeriodFactory.create(
        territory=valenciennois, start="2012", end="..", level="soutenue", certainty="deduite"
    )
    text = words_of(visitor.get(PAGE))
    assert "2015 animation soutenue déduite" in text
    assert "Soutenue , depuis 2012" in text


def test_what_a_reader_may_not_see_is_nowhere_in_the_timeline(
    visitor, member, animator, stranger, milestone, valenciennois
):
    milestone(title="Au grand jour")
    milestone(title="Pour les membres", visibility=Visibility.MEMBERS)
    milestone(title="Pour l'équipe", visibility=Visibility.TEAM)
    phase = PhaseFactory.create(territory=valenciennois, title="Phase cachée", visibility=Visibility.TEAM)
    milestone(title="Au grand jour aussi", phase=phase)
    IntensityPeriodFactory.create(territory=valenciennois, reason="Motif caché", visibility=Visibility.TEAM)
    hidden = ["Pour les membres", "Pour l'équipe", "Phase cachée", "Motif caché"]
    seen = {
        name: [word for word in hidden if word in unescape(client.get(address).content.decode()).replace("’", "'")]
        for name, client in {"visitor": visitor, "member": member, "animator": animator, "stranger": stranger}.items()
        for address in (PAGE,)
    }
    assert seen == {"visitor": [], "member": ["Pour les membres"], "animator": hidden, "stranger": []}
    picture = visitor.get(f"{PAGE}frise.svg?faits=tous").content.decode()
    assert "Au grand jour" in picture
    assert not [word for word in hidden if word in picture.replace("’", "'")]


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_milestones(visitor, milestone, valenciennois, queries, items):
    for number in range(items):
        made = milestone()
        PhaseFactory.create(territory=valenciennois)
        IntensityPeriodFactory.create(territory=valenciennois)
        dispute = Dispute.objects.create(
            territory=valenciennois,
            key=f"c-{number}",
            subject="Doute",
            sort="date",
            severity="faible",
            origin="interne",
        )
        Link.objects.create(
            territory=valenciennois,
            from_kind="dispute",
            from_id=dispute.pk,
            role="object",
            to_kind="milestone",
            to_id=made.pk,
        )
    visitor.get(PAGE)
    with queries(8):  # the territory, then seven
        visitor.get(PAGE)


@pytest.mark.parametrize("items", [1, 3])
def test_the_file_costs_the_same_for_one_or_three_milestones(visitor, milestone, queries, items):
    for _ in range(items):
        milestone()
    with queries(5):  # the territory, then four
        visitor.get(f"{PAGE}frise.svg")


def test_the_picture_is_a_file_that_stands_alone(visitor, milestone):
    milestone(key="j-1")
    response = visitor.get(f"{PAGE}frise.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert 'href="/valenciennois/frise/#j-1"' in response.content.decode()
    assert "<style>" in response.content.decode()
    assert "'sha256-" in response["Content-Security-Policy"]


def test_a_picture_of_nothing_is_still_a_picture(visitor, valenciennois):
    assert visitor.get(f"{PAGE}frise.svg").content.decode().startswith("<svg")


def test_a_long_list_is_cut_into_pages_and_the_picture_leads_to_the_right_one(visitor, milestone):
    for number in range(202):
        milestone(key=f"j-{number:03}", when=f"{1800 + number}")
    first, second = visitor.get(PAGE), visitor.get(f"{PAGE}?page=2")
    assert (len(listed(first)), listed(second)) == (200, ["j-200", "j-201"])
    assert "?page=2#j-201" in first.content.decode()
