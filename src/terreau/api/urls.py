"""Addresses of the interface, at the root of the instance, and of the feeds of each territory.

The feeds have a namespace of their own: addresses of the instance and of territories are two lists.
"""

from django.urls import URLPattern, include, path, re_path

from terreau.api.answers import answered, published
from terreau.api.operations import ROOT, api
from terreau.api.views import feeds, pages
from terreau.kernel.http import reads

app_name = "feeds"


def operations() -> list[URLPattern]:
    """Give the addresses of the operations, each opened as a whole: an operation checks its own action."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    return [
        URLPattern(pattern.pattern, answered(reads("api.use")(pattern.callback)), name=pattern.name)
        for pattern in patterns
    ]


urlpatterns = [
    path("api/", feeds.home, name="home"),
    path("api/elements.json", published(feeds.elements), name="elements"),
    path("api/elements.jsonld", published(feeds.elements_linked), name="elements_linked"),
    path("api/elements/<slug:key>.json", published(feeds.element), name="element"),
    path("api/taxonomy.json", published(feeds.taxonomy), name="taxonomy"),
    path("api/project-info.json", published(feeds.project_info), name="project_info"),
    path("api/data-inclusion/structures.json", published(feeds.structures), name="structures"),
    path("api/data-inclusion/exclus.json", published(feeds.excluded), name="excluded"),
    path("api/organisations.geojson", published(feeds.organisations_geojson), name="organisations_geojson"),
    path("api/organisations.csv", published(feeds.organisations_csv), name="organisations_csv"),
]

root = ROOT.lstrip("/")
instance_urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path(root, answered(pages.documentation), name="documentation"),
                    path(f"{root}openapi.json", answered(pages.openapi), name="openapi"),
                    path(root, include(operations())),
                    path("api/", answered(pages.nothing_here), name="root"),
                    # Whatever it holds, line breaks too, which the converter of paths leaves to the pages of the site.
                    re_path(r"^api/(?P<reste>[\s\S]+)/\Z", answered(pages.nothing_here), name="nothing_here"),
                    path("sante/", pages.health_report, name="health"),
                ],
                "api",
            )
        ),
    )
]
