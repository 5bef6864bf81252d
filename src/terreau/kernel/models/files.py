"""What every record that holds a file says of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WithFile(models.Model):
    """A file kept outside the database, found by its fingerprint (`kernel.files`); all empty when there is none.

    file_name: as it is downloaded. size: bytes. sha256: of the content, lower-case hexadecimal; the fingerprint is the
    address of the bytes. content: the words found in it, which the search reads.
    """

    file_name = models.CharField(_("nom du fichier"), max_length=200, blank=True)
    media_type = models.CharField(_("format"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("taille en octets"), null=True, blank=True)
    sha256 = models.CharField(_("empreinte"), max_length=64, blank=True)
    content = models.TextField(blank=True)

    class Meta:
        abstract = True
