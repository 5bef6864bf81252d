"""Addresses of upkeep: from a page of the directory, from a letter, and from the desk of the team."""

from django.urls import path

from terreau.upkeep.views import claims, freshness, history, suggestions

app_name = "upkeep"

urlpatterns = [
    path("annuaire/<slug:key>/gerer/", claims.claim, name="claim"),
    path("annuaire/<slug:key>/gestion/", claims.managers, name="managers"),
    path("annuaire/<slug:key>/gestion/<uuid:grant>/fin/", claims.end_management, name="end_management"),
    path("demandes/verifier/<str:secret>/", claims.verify, name="claim_verify"),
    path("animation/demandes/", claims.queue, name="claims"),
    path("animation/demandes/<uuid:pk>/", claims.decide, name="claim_decide"),
    path("annuaire/<slug:key>/suggerer/", suggestions.correct, name="suggest"),
    path("annuaire/<slug:key>/fermee/", suggestions.closed, name="suggest_closed"),
    path("suggestions/nouvelle-structure/", suggestions.new, name="suggest_new"),
    path("suggestions/lacunes/<slug:key>/", suggestions.answer_gap, name="answer_gap"),
    path("suggestions/merci/", suggestions.thanks, name="thanks"),
    path("suggestions/<uuid:pk>/retirer/", suggestions.withdraw, name="withdraw"),
    path("animation/suggestions/", suggestions.queue, name="suggestions"),
    path("animation/suggestions/ensemble/", suggestions.batch, name="batch"),
    path("animation/suggestions/<uuid:pk>/", suggestions.decide, name="suggestion"),
    path("animation/suggestions/<uuid:pk>/rouvrir/", suggestions.reopen, name="reopen"),
    path("animation/fraicheur/", freshness.pages, name="freshness"),
    path("a-jour/<str:token>/stop/", freshness.stop, name="stop"),
    path("a-jour/<str:token>/<slug:answer>/", freshness.answer, name="answer"),
    path("annuaire/<slug:key>/historique/", history.history, name="history"),
    path("annuaire/<slug:key>/historique/<int:sequence>/reprendre/", history.revert, name="revert"),
    path("reglages/annuaire/", freshness.rules, name="rules"),
]
