"""Addresses of the interface: all at the root of the instance, and none answers with a page but the documentation."""

from django.urls import URLPattern, include, path, re_path

from terreau.api import views
from terreau.api.answers import answered
from terreau.api.operations import ROOT, api
from terreau.kernel.http import reads

app_name = "api"


def operations() -> list[URLPattern]:
    """Give the addresses of the operations, each opened as a whole: an operation checks its own action."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    return [
        URLPattern(pattern.pattern, answered(reads("api.use")(pattern.callback)), name=pattern.name)
        for pattern in patterns
    ]


root = ROOT.lstrip("/")
instance_urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path(root, answered(views.documentation), name="documentation"),
                    path(f"{root}openapi.json", answered(views.openapi), name="openapi"),
                    path(root, include(operations())),
                    path("api/", answered(views.nothing_here), name="root"),
                    # Whatever it holds, line breaks too, which the converter of paths leaves to the pages of the site.
                    re_path(r"^api/(?P<reste>[\s\S]+)/\Z", answered(views.nothing_here), name="nothing_here"),
                    path("sante/", views.health_report, name="health"),
                ],
                app_name,
            )
        ),
    )
]
