"""The table of permissions: what is not listed is closed."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from terreau.kernel import policy
from terreau.kernel.errors import NotAllowed
from terreau.kernel.http import WriteInReadView, reads, writes
from terreau.kernel.models import Source
from terreau.kernel.policy import Permission, administrator, anyone, signed_in
from terreau.kernel.pure.actor import SYSTEM, VISITOR


def test_an_action_that_no_table_lists_is_refused():
    with pytest.raises(NotAllowed) as refused:
        policy.require("nulle.part", SYSTEM)

    assert (refused.value.action, policy.allows("nulle.part", SYSTEM)) == ("nulle.part", False)


def test_an_action_listed_twice_stops_the_house():
    with pytest.raises(RuntimeError, match="listed twice"):
        policy.register([Permission("dossier.load", anyone, "une seconde fois")])


def test_a_refusal_says_who_may():
    verdict = policy.decide("dossier.load", VISITOR)

    assert (verdict.allowed, verdict.why.replace("’", "'")) == (
        False,
        "qui administre l'instance charge un dossier de territoire",
    )


def test_roles_count_in_their_own_territory_only(animator, stranger, valenciennois):
    holds = policy.holding("animator")

    assert holds.test(animator.actor, valenciennois)
    assert not holds.test(stranger.actor, valenciennois)
    assert holds.test(animator.actor, Source(territory=valenciennois))


def test_predicates_are_composed():
    assert (anyone & ~signed_in).test(VISITOR, None)
    assert not administrator.test(VISITOR, None)


def test_the_table_is_in_order_and_says_why():
    actions = [permission.action for permission in policy.table()]

    assert actions == sorted(actions)
    assert all(str(permission.why).strip() for permission in policy.table())


@pytest.mark.parametrize("verb", ["INSERT", "UPDATE", "DELETE"])
def test_a_reading_view_that_writes_fails(valenciennois, verb):
    acts = {
        "INSERT": lambda: Source.objects.create(territory=valenciennois, key="a", title="A", genre="lettre"),
        "UPDATE": lambda: Source.objects.update(title="B"),
        "DELETE": lambda: Source.objects.all()._raw_delete("default"),
    }

    @reads("site.home")
    def view(request):
        acts[verb]()
        return HttpResponse()

    with pytest.raises(WriteInReadView, match=verb), transaction.atomic():
        view(RequestFactory().get("/"))
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_writing_view_only_reads_on_get():
    @writes("site.home")
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kernel_source")
        return HttpResponse("écrit")

    assert view(RequestFactory().post("/")).content.decode() == "écrit"
    with pytest.raises(WriteInReadView):
        view(RequestFactory().get("/"))
    assert view(RequestFactory().put("/")).status_code == 405


def test_a_reading_view_takes_nothing_but_get_and_head():
    @reads("site.home")
    def view(request):
        return HttpResponse("lu")

    assert [view(getattr(RequestFactory(), verb)("/")).status_code for verb in ("get", "head", "post", "delete")] == [
        200,
        200,
        405,
        405,
    ]
