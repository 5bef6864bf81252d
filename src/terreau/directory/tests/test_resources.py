import datetime as dt
import re
import threading

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import IntegrityError

from terreau.directory import services
from terreau.directory.models import Resource
from terreau.directory.services import FileChange
from terreau.directory.tests.factories import (
    OrganisationFactory,
    ResourceFactory,
    SourceFactory,
    ThemeFactory,
    cite,
    told,
)
from terreau.kernel import files
from terreau.kernel.clock import today
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.files import storing
from terreau.kernel.models import AuditEvent, Entry, Fact
from terreau.kernel.pure.edtf import parse
from terreau.kernel.testing import files as made

LIBRARY = "/valenciennois/ressources/"
ADD = f"{LIBRARY}ajouter/"
PAGE = f"{LIBRARY}guide-du-potager/"
YESTERDAY, TOMORROW = (dt.timedelta(days=days) for days in (-1, 1))


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of this test only."""
    options = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    return tmp_path


def refusal(share, *arguments, **values):
    """Give the words of a refusal, spaces and apostrophes made plain."""
    with pytest.raises(RuleBroken) as refused:
        share(*arguments, **values)
    return refused.value.message.replace("\u00a0", " ").replace("’", "'")


def words(response):
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def plain(response):
    """Give the words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"</?(?:mark|a|p|span)\b[^>]*>", "", words(response)))


def body(response):
    return b"".join(response.streaming_content)


def upload(content=None, name="guide.pdf"):
    return SimpleUploadedFile(
        name, made.pdf("Semer en mars", "La biodéveloppeuse arrose") if content is None else content
    )


def checked(content=None, name="guide.pdf"):
    file = upload(content, name)
    return files.checked(file, name)


def typed(**changes):
    """Give what a browser sends for a new resource, and what was typed over it."""
    form = {
        "title": "Guide du potager", "sort": "guide", "language": "fr", "visibility": "publique", "summary": "", "authors": "", "url": "",
        "published": "", "licence": "", "licence_note": "", "expires_on": "", "duration_minutes": "", "transcript": "", "source": "",
    }  # fmt: skip
    return form | changes


def shared(client, territory, content=None, name="guide.pdf", **values):
    """Share a resource as the team does."""
    values = {"title": "Guide du potager", "sort": "guide"} | values
    return services.share_resource(
        territory=territory, by=client.actor, values=values, upload=checked(content, name) if name else None
    )


# Sharing


def test_a_shared_file_is_kept_read_told_audited_and_found_by_a_word_inside(animator, visitor, valenciennois):
    theme = ThemeFactory.create(territory=valenciennois, name="Jardins")
    organisation = OrganisationFactory.create(territory=valenciennois, name="Les Jardins")
    form = typed(
        upload=upload(), summary="Pour commencer. Puis continuer.", authors="Les Jardins\nApes", published="2021~",
        licence="cc-by-sa", themes=[str(theme.pk)], organisations=[str(organisation.pk)],
    )  # fmt: skip

    response = animator.post(ADD, form)

    resource = Resource.objects.get()
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert (resource.file_name, resource.media_type, resource.authors) == (
        "guide.pdf",
        "application/pdf",
        ["Les Jardins", "Apes"],
    )
    assert resource.content == "Semer en mars\nLa biodéveloppeuse arrose"
    assert default_storage.exists(storing.place_of(resource.sha256))
    event = AuditEvent.objects.get(action="directory.share")
    assert event.changes["sha256"] == [None, resource.sha256]
    assert "content" not in event.changes
    assert Fact.objects.get(what="directory.resource_published").title == "Guide du potager"
    page = words(visitor.get(f"{LIBRARY}?q=biodeveloppeuse"))
    assert "Trouvée dans le fichier" in page
    assert "La <mark>biodéveloppeuse</mark> arrose" in page
    assert f'href="{PAGE}?q=biodeveloppeuse"' in page
    assert "La <mark>biodéveloppeuse</mark> arrose" in words(visitor.get(f"{PAGE}?q=biodeveloppeuse"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (made.pdf("Un début", *["Page"] * 30, "La mutualisation au fond"), "long.pdf"),
        (made.odt("Un début", *["Paragraphe"] * 300, "La mutualisation au fond"), "long.odt"),
        (made.docx("La mutualisation au fond"), "long.docx"),
        ("Rien\nLa mutualisation au fond".encode("cp1252"), "notes.txt"),
    ],
)
def test_a_word_deep_inside_a_file_is_found_with_what_stands_around_it(animator, visitor, valenciennois, content, name):
    shared(animator, valenciennois, content, name)
    assert "La mutualisation au fond" in plain(visitor.get(f"{LIBRARY}?q=mutualisation"))


def test_a_mistyped_title_is_found(animator, visitor, valenciennois):
    shared(animator, valenciennois, title="Guide du potager partagé")
    assert "Guide du potager partagé" in words(visitor.get(f"{LIBRARY}?q=potagger"))


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"<svg xmlns='x' onload='alert(1)'/>", "plan.svg", "du HTML, du SVG"),
        (b"<html><script>alert(1)</script>", "guide.pdf", "du HTML, du SVG"),
        (b"MZ\x90", "guide.pdf", "un programme pour Windows"),
        (made.bomb(), "guide.odt", "comme un fichier piégé"),
        (b"", "vide.pdf", "il est vide"),
    ],
)
def test_a_file_that_is_not_admitted_is_refused_in_words_and_nothing_is_written(
    animator, valenciennois, storage, content, name, why
):
    response = animator.post(ADD, typed(upload=upload(content, name)))

    page = words(response)
    assert f"« {name} »" in page
    assert why in page
    assert 'value="Guide du potager"' in page
    assert not Resource.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_a_file_beyond_the_limit_is_neither_read_nor_kept(animator, valenciennois, settings, storage):
    settings.TERREAU_FILE_LIMIT = 100_000
    page = words(animator.post(ADD, typed(upload=upload(b"%PDF-" + b"a" * 5_000_000))))

    assert "pèse 5 Mo, et la limite est de 100 ko" in page
    assert not Resource.objects.exists()


def test_a_resource_is_somewhere(animator, valenciennois):
    page = words(animator.post(ADD, typed()))
    assert "Une ressource se trouve quelque part" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceFactory(territory=valenciennois, url="")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "pas une adresse"])
def test_an_address_of_the_web_only(animator, valenciennois, url):
    assert "n'est pas une adresse du Web" in refusal(shared, animator, valenciennois, name="", url=url)
    assert not Resource.objects.exists()


def test_the_same_file_twice_is_noticed_and_names_the_first(animator, valenciennois):
    shared(animator, valenciennois)
    page = words(animator.post(ADD, typed(title="Un autre titre", upload=upload())))

    assert "Ce fichier est déjà celui de la ressource « Guide du potager »" in page
    assert Resource.objects.count() == 1


def test_the_notice_of_a_double_keeps_a_private_title_quiet(animator, steward, valenciennois):
    shared(steward, valenciennois, title="Très secret", visibility=Visibility.PRIVATE)
    with pytest.raises(RuleBroken) as refused:
        shared(animator, valenciennois)
    assert "secret" not in refused.value.message


def test_keys_are_free_in_the_whole_territory_and_never_words_of_addresses(animator, valenciennois):
    OrganisationFactory(territory=valenciennois, key="apes")
    keys = [
        shared(animator, valenciennois, name="", url="https://example.org", title=title).key
        for title in ("Apes", "Sources", "Apes", "…")
    ]
    assert keys == ["apes-2", "sources-2", "apes-3", "ressource"]


def test_only_the_team_shares(member, holder, officer, visitor, stranger, valenciennois):
    for client in (member, holder, officer, stranger):
        assert client.get(ADD).status_code == 403
        with pytest.raises(NotAllowed):
            shared(client, valenciennois)
    assert visitor.get(ADD).status_code == 302


def test_a_theme_of_elsewhere_is_refused(animator, valenciennois):
    theme = ThemeFactory.create()
    with pytest.raises(RuleBroken, match="autre territoire"):
        services.share_resource(
            territory=valenciennois, by=animator.actor, values={"title": "Guide", "sort": "guide", "url": "https://example.org"}, themes=[theme]
        )  # fmt: skip


def test_two_at_once_share_one_file_and_one_of_them_is_told(animator, valenciennois, transactional_db):
    results = []

    def share():
        try:
            results.append(shared(animator, valenciennois).key)
        except RuleBroken as refused:
            results.append(refused.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=share) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Resource.objects.count() == 1
    assert sorted(result == "guide-du-potager" for result in results) == [False, True]


# Correcting


def test_a_replaced_file_leaves_its_fingerprint_in_the_audit_and_its_bytes_go(
    animator, visitor, valenciennois, django_capture_on_commit_callbacks
):
    resource = shared(animator, valenciennois)
    old = resource.sha256

    with django_capture_on_commit_callbacks(execute=True):
        response = animator.post(
            f"{PAGE}modifier/", typed(upload=upload(made.odt("Une framboise"), "neuf.odt"), opened_on="1")
        )

    resource.refresh_from_db()
    assert (response.status_code, resource.file_name, resource.version) == (302, "neuf.odt", 2)
    assert AuditEvent.objects.order_by("sequence")[1].changes["sha256"] == [old, resource.sha256]
    assert (
        default_storage.exists(storing.place_of(old)),
        default_storage.exists(storing.place_of(resource.sha256)),
    ) == (False, True)
    assert "Aucune ressource" in words(visitor.get(f"{LIBRARY}?q=biodeveloppeuse"))
    sent = visitor.get(f"{PAGE}fichier/")
    assert "neuf.odt" in sent["Content-Disposition"]
    assert body(sent) == made.odt("Une framboise")


def test_a_removed_file_leaves_another_place_or_is_refused(animator, visitor, valenciennois):
    resource = shared(animator, valenciennois)
    with pytest.raises(RuleBroken, match="se trouve quelque part"):
        services.update_resource(resource, by=animator.actor, version=1, values={}, file=FileChange(is_removed=True))

    animator.post(f"{PAGE}modifier/", typed(remove_file="on", url="https://example.org/guide", opened_on="1"))

    assert visitor.get(f"{PAGE}fichier/").status_code == 404
    assert Resource.objects.get().content == ""


def test_bytes_that_another_resource_holds_stay(animator, valenciennois, django_capture_on_commit_callbacks):
    resource = shared(animator, valenciennois)
    held = ResourceFactory.create(sha256=resource.sha256, file_name="ailleurs.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        services.update_resource(
            resource,
            by=animator.actor,
            version=1,
            values={"url": "https://example.org"},
            file=FileChange(is_removed=True),
        )
    assert default_storage.exists(storing.place_of(held.sha256))


def test_someone_saved_meanwhile_and_both_versions_are_shown(animator, valenciennois):
    resource = shared(animator, valenciennois)
    services.update_resource(resource, by=animator.actor, version=1, values={"title": "Guide des semis"})

    response = animator.post(f"{PAGE}modifier/", typed(title="Guide des plants", opened_on="1"))

    assert response.status_code == 409
    assert "Guide des semis" in response.content.decode()
    assert "Guide des plants" in response.content.decode()
    assert Resource.objects.get().title == "Guide des semis"


def test_saving_what_is_there_writes_nothing(animator, valenciennois):
    shared(animator, valenciennois)
    assert animator.post(f"{PAGE}modifier/", typed(opened_on="1")).status_code == 302
    assert (Resource.objects.get().version, AuditEvent.objects.count()) == (1, 1)


def test_out_of_date_is_said_once_and_sorts_last(animator, visitor, valenciennois):
    shared(animator, valenciennois, published=parse("2024"))
    told(ResourceFactory(territory=valenciennois, title="Un autre guide", published="2001"))
    assert "n'est plus à jour" in words(animator.get(f"{PAGE}perimer/"))

    animator.post(f"{PAGE}perimer/", {"opened_on": "1"})

    assert Resource.objects.get(key="guide-du-potager").expires_on == today() + YESTERDAY
    assert "N'est plus à jour depuis le" in words(visitor.get(PAGE))
    page = words(visitor.get(LIBRARY))
    assert page.index("Un autre guide") < page.index("Guide du potager")
    with pytest.raises(RuleBroken, match="déjà plus à jour"):
        services.expire_resource(Resource.objects.get(key="guide-du-potager"), by=animator.actor, version=2)


def test_only_what_was_seen_is_said_to_be_out_of_date(animator, valenciennois):
    resource = shared(animator, valenciennois)
    with pytest.raises(StaleVersion):
        services.expire_resource(resource, by=animator.actor, version=7)


@pytest.mark.parametrize(
    ("days", "said"), [(0, "Valable jusqu'au"), (3, "Valable jusqu'au"), (-1, "N'est plus à jour depuis le")]
)
def test_the_last_good_day_is_said_plainly(visitor, valenciennois, days, said):
    told(ResourceFactory(territory=valenciennois, key="guide-du-potager", expires_on=today() + dt.timedelta(days=days)))
    assert said in words(visitor.get(PAGE))


def test_a_scanned_file_tells_the_team_and_nobody_else(animator, visitor, valenciennois):
    response = animator.post(ADD, typed(upload=upload(made.pdf("", ""))), follow=True)

    assert "Aucun texte n'a été trouvé dans le fichier" in words(response)
    assert "Aucun texte trouvé" in words(animator.get(PAGE))
    assert "Aucun texte trouvé" not in words(visitor.get(PAGE))


# Reading


def test_a_recording_is_heard_here_and_read(animator, visitor, valenciennois):
    transcript = "# Tour de table\n[00:12] Nous venons à vélo.\nEnsemble.\n\n[01:02:30] La suite."
    shared(
        animator,
        valenciennois,
        made.mp3(),
        "atelier.mp3",
        sort="enregistrement",
        transcript=transcript,
        duration_minutes=62,
    )

    page = words(visitor.get(f"{PAGE}?q=vélo"))

    assert f'<audio class="shown" controls preload="metadata" src="{PAGE}fichier/?lire=1"' in page
    assert "<h3>Tour de table</h3>" in page
    assert '<span class="time">00:12</span> Nous venons à <mark>vélo</mark>. Ensemble.' in page
    assert '<span class="time">01:02:30</span> La suite.' in page
    assert "62 min" in page
    assert "Trouvée dans la transcription" in words(visitor.get(f"{LIBRARY}?q=velo"))
    assert "<iframe" not in page


def test_a_range_of_a_recording_is_sent(animator, visitor, valenciennois):
    shared(animator, valenciennois, made.mp3(), "atelier.mp3")

    response = visitor.get(f"{PAGE}fichier/?lire=1", headers={"range": "bytes=0-3", "accept-encoding": "gzip"})

    assert (response.status_code, body(response), response["Content-Type"]) == (206, b"\xff\xfb\x90\x64", "audio/mpeg")
    assert response["Content-Range"].startswith("bytes 0-3/")


def test_a_downloaded_file_cannot_act(animator, visitor, valenciennois):
    shared(animator, valenciennois, b"a <b>bold</b> word", "notes.txt")

    response = visitor.get(f"{PAGE}fichier/?lire=1")

    assert response["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response) == b"a <b>bold</b> word"


def test_what_one_may_do_is_said_in_words(visitor, valenciennois):
    told(ResourceFactory(territory=valenciennois, key="guide-du-potager", licence="cc-by-nc"))
    told(ResourceFactory(territory=valenciennois, key="autre"))
    assert "mais pas en tirer d'argent" in words(visitor.get(PAGE))
    assert "Rien ne dit ce qu'on peut en faire" in words(visitor.get(f"{LIBRARY}autre/"))


def test_the_facets_count_what_each_choice_would_give(visitor, valenciennois):
    theme = ThemeFactory.create(territory=valenciennois, key="jardin", name="Jardins")
    organisation = OrganisationFactory.create(territory=valenciennois, key="apes", name="Apes")
    for number in range(3):
        resource = told(
            ResourceFactory(
                territory=valenciennois,
                licence="cc0",
                sort="guide" if number else "site",
                language="nl" if number else "fr",
            )
        )
        resource.organisations.add(organisation)
        if number:
            resource.themes.add(theme)
    told(ResourceFactory(territory=valenciennois, expires_on=today() + YESTERDAY))
    told(ResourceFactory(territory=valenciennois, visibility=Visibility.TEAM))

    page = words(visitor.get(LIBRARY))
    narrowed = words(visitor.get(f"{LIBRARY}?type=site&organisation=apes"))

    for option in (
        '"guide">guide (3)', '"site">site (1)', '"jardin">Jardins (2)', '"apes">Apes (3)', '"cc0">domaine public (CC0) (3)',
        '"nl">Néerlandais (2)', '"valable">oui (3)', "\"perimee\">n'est plus à jour (1)",
    ):  # fmt: skip
        assert f"<option value={option}</option>" in page.replace("néerlandais", "Néerlandais")
    assert "4 ressources" in page
    assert ("1 ressource<" in narrowed, '"guide">guide (2)' in narrowed) == (True, True)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("asked", ["", "?q=guidance", "?q=guyde"])
def test_the_library_costs_the_same_for_one_or_three(size, asked, visitor, valenciennois, queries):
    for _ in range(size):
        resource = ResourceFactory.create(territory=valenciennois, content="une guidance")
        resource.themes.add(ThemeFactory.create(territory=valenciennois))
        resource.organisations.add(OrganisationFactory.create(territory=valenciennois))
        told(resource)
    with queries({"": 4, "?q=guidance": 8, "?q=guyde": 8}[asked]):
        response = visitor.get(f"{LIBRARY}{asked}")
    assert response.context["page"].total == size


@pytest.mark.parametrize("size", [1, 3])
def test_a_resource_costs_the_same_for_one_or_three_of_everything(size, visitor, valenciennois, queries):
    source = SourceFactory.create(territory=valenciennois)
    resource = ResourceFactory.create(territory=valenciennois, key="guide-du-potager", source=source)
    for _ in range(size):
        resource.themes.add(ThemeFactory.create(territory=valenciennois))
        resource.organisations.add(OrganisationFactory.create(territory=valenciennois))
        cite(resource, SourceFactory.create(territory=valenciennois), "3")
    told(resource)
    with queries(7):
        assert visitor.get(PAGE).status_code == 200


def test_sources_that_answer_are_shown_after_the_resources(visitor, valenciennois):
    told(SourceFactory(territory=valenciennois, key="livret", title="Le livret du potager"))
    page = words(visitor.get(f"{LIBRARY}?q=potager"))
    assert (
        page.index("Aucune ressource ne répond")
        < page.index("Dans les sources du territoire")
        < page.index("Le livret du potager")
    )


# What does not leak


@pytest.mark.parametrize("visibility", [Visibility.TEAM, Visibility.MEMBERS, Visibility.PRIVATE])
def test_nothing_of_a_kept_resource_reaches_a_visitor_by_any_address(
    animator, steward, visitor, valenciennois, visibility
):
    content = made.pdf("Le mot confidentiel est framboise")
    resource = shared(
        steward, valenciennois, content, title="Dossier confidentiel", visibility=visibility, published=parse("2020")
    )
    theme = ThemeFactory.create(territory=valenciennois, key="secret", name="Thème")
    resource.themes.add(theme)

    for path in ("", "fichier/", "fichier/?lire=1", "?q=framboise"):
        assert visitor.get(f"{LIBRARY}{resource.key}/{path}").status_code == 404
    for path in ("", "?q=framboise", "?q=confidentiel", "?theme=secret", "?type=guide", "?page=1"):
        page = words(visitor.get(f"{LIBRARY}{path}"))
        assert "confidentiel est" not in page
        assert "Dossier" not in page
        assert response_total(visitor, path) == 0
    search = visitor.get("/valenciennois/recherche/?q=framboise").content.decode()
    assert "Dossier" not in search
    assert "Dossier" not in visitor.get("/valenciennois/frise/").content.decode()
    assert visitor.get(f"/media/{storing.place_of(resource.sha256)}").status_code == 404
    assert visitor.get(f"/{storing.place_of(resource.sha256)}").status_code == 404


def response_total(client, path):
    return client.get(f"{LIBRARY}{path}").context["page"].total


def test_the_team_reads_what_is_kept_for_it(animator, steward, valenciennois):
    shared(steward, valenciennois, visibility=Visibility.TEAM)
    assert animator.get(PAGE).status_code == 200
    assert body(animator.get(f"{PAGE}fichier/")).startswith(b"%PDF-")
    assert "biodéveloppeuse" in words(animator.get(f"{LIBRARY}?q=biodeveloppeuse"))


def test_a_resource_hidden_afterwards_stops_being_served_at_once(animator, visitor, valenciennois):
    resource = shared(animator, valenciennois)
    tag = f'"{resource.sha256}"'
    assert visitor.get(f"{PAGE}fichier/", headers={"if-none-match": tag}).status_code == 304
    services.update_resource(resource, by=animator.actor, version=1, values={"visibility": Visibility.TEAM})
    assert visitor.get(f"{PAGE}fichier/", headers={"if-none-match": tag}).status_code == 404
    assert Entry.objects.get(record_id=resource.pk).visibility == Visibility.TEAM


def test_a_hidden_organisation_or_source_is_not_named_by_a_public_resource(visitor, valenciennois):
    organisation = OrganisationFactory.create(
        territory=valenciennois, key="cachee", name="Structure cachée", visibility=Visibility.TEAM
    )
    source = SourceFactory.create(territory=valenciennois, title="Source cachée", visibility=Visibility.TEAM)
    resource = ResourceFactory.create(territory=valenciennois, key="guide-du-potager", source=source)
    resource.organisations.add(organisation)
    told(resource)

    for path in (PAGE, LIBRARY, f"{LIBRARY}?organisation=cachee"):
        assert "cachée" not in words(visitor.get(path))
    assert response_total(visitor, "?organisation=cachee") == 0


def test_a_resource_of_elsewhere_is_not_here(visitor, stranger, valenciennois, elsewhere):
    told(ResourceFactory(territory=elsewhere, key="guide-du-potager"))
    assert visitor.get(PAGE).status_code == 404


def test_a_file_whose_bytes_are_lost_is_not_found(animator, visitor, valenciennois):
    resource = shared(animator, valenciennois)
    default_storage.delete(storing.place_of(resource.sha256))
    assert visitor.get(f"{PAGE}fichier/").status_code == 404
