"""Addresses of accounts: one's own at the root, the team's under its territory.

Pages of allauth keep the names that allauth looks them up by.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from terreau.accounts import views
from terreau.kernel.http import opened

app_name = "accounts"

instance_urlpatterns = [
    path("compte/", views.home, name="account_home"),
    path("compte/connexion/", opened("accounts.sign_in", allauth.login), name="account_login"),
    path("compte/deconnexion/", opened("accounts.sign_out", allauth.logout), name="account_logout"),
    path("compte/ouvrir/", opened("accounts.sign_in", allauth.signup, "GET"), name="account_signup"),
    path("compte/inactif/", opened("accounts.sign_in", allauth.account_inactive, "GET"), name="account_inactive"),
    path("compte/confirmer/", opened("accounts.own_account", allauth.reauthenticate), name="account_reauthenticate"),
    path(
        "compte/mot-de-passe/", opened("accounts.own_account", allauth.password_change), name="account_change_password"
    ),
    path(
        "compte/mot-de-passe/choisir/",
        opened("accounts.own_account", allauth.password_set),
        name="account_set_password",
    ),
    path(
        "compte/mot-de-passe/oublie/", opened("accounts.sign_in", allauth.password_reset), name="account_reset_password"
    ),
    path(
        "compte/mot-de-passe/oublie/envoye/",
        opened("accounts.sign_in", allauth.password_reset_done, "GET"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^compte/mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        opened("accounts.sign_in", allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "compte/mot-de-passe/nouveau/fait/",
        opened("accounts.sign_in", allauth.password_reset_from_key_done, "GET"),
        name="account_reset_password_from_key_done",
    ),
    path("compte/invitation/<str:secret>/", views.accept_invitation, name="account_accept_invitation"),
]

urlpatterns = [
    path("reglages/equipe/", views.team, name="team"),
    path("reglages/equipe/inviter/", views.invite, name="invite"),
    path(
        "reglages/equipe/invitations/<uuid:invitation>/retirer/", views.withdraw_invitation, name="withdraw_invitation"
    ),
    path("reglages/equipe/roles/<uuid:grant>/fin/", views.end_role, name="end_role"),
    path("reglages/droits/", views.rights, name="rights"),
]
