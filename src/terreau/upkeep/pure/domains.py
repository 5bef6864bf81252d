"""Whether an e-mail address speaks for a structure: its domain is that of the structure's site or public address."""

from urllib.parse import urlsplit

PROVIDERS = frozenset({
    "gmail.com", "googlemail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "cegetel.net", "numericable.fr",
    "club-internet.fr", "bbox.fr", "aliceadsl.fr", "aol.com", "aol.fr", "hotmail.com", "hotmail.fr", "hotmail.be", "live.com", "live.fr", "live.be",
    "outlook.com", "outlook.fr", "outlook.be", "msn.com", "yahoo.com", "yahoo.fr", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com",
    "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.io", "gmx.com", "gmx.fr", "gmx.net", "mailo.com", "netcourrier.com", "net-c.com",
    "lilo.org", "riseup.net", "zaclys.net", "skynet.be", "telenet.be", "voila.fr", "mail.com", "yandex.com", "zoho.com", "posteo.net", "infomaniak.com",
    "ik.me", "etik.com", "disroot.org", "framasoft.org", "no-log.org", "dbmail.com", "caramail.com", "caramail.fr", "9online.fr", "nordnet.fr",
})  # fmt: skip
"""Domains where anybody opens an address: they say nothing of a structure."""
HOSTS = (
    "wordpress.com", "wixsite.com", "wix.com", "blogspot.com", "over-blog.com", "jimdofree.com", "jimdo.com", "e-monsite.com", "webnode.fr", "github.io",
    "gitlab.io", "sites.google.com", "facebook.com", "instagram.com", "linkedin.com", "helloasso.com", "gogocarto.fr", "canalblog.com", "framer.website",
    "assoconnect.com", "eklablog.com", "free.fr", "pagesperso-orange.fr", "netlify.app", "vercel.app", "notion.site", "linktr.ee", "hautetfort.com",
)  # fmt: skip
"""Domains where many structures have their site: sharing one says nothing either."""


def domain_of_email(address: str) -> str:
    """Give the domain of an address in lower case, ASCII as it travels; empty when there is none."""
    _name, _at, domain = address.strip().lower().rpartition("@")
    return _ascii(domain)


def domain_of_site(url: str) -> str:
    """Give the host of a site without its "www."; empty when the address has none."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return _ascii(host.lower().removeprefix("www."))


def speaks_for(address: str, *, site: str, public_email: str) -> bool:
    """Tell whether the domain of an address is that of the structure's site, or of its public address.

    A mailbox of a sub-domain, or a site on one (boutique.exemple.fr), is of the same house. Public providers and
    shared hosts never are.
    """
    domain = domain_of_email(address)
    if not domain or "." not in domain or _is_shared(domain):
        return False
    own = {domain_of_site(site), domain_of_email(public_email)}
    return any(_are_of_one_house(domain, other) for other in own if other and "." in other and not _is_shared(other))


def _are_of_one_house(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or (other.endswith(f".{one}") and one.count(".") >= 1)


def _is_shared(domain: str) -> bool:
    return domain in PROVIDERS or any(domain == host or domain.endswith(f".{host}") for host in HOSTS)


def _ascii(domain: str) -> str:
    try:
        return domain.strip(".").encode("idna").decode()
    except UnicodeError:
        return ""
