"""Model fields of the kernel."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.kernel.pure.edtf import Edtf, EdtfError, parse
from terreau.kernel.pure.ends import read_end
from terreau.kernel.pure.folding import fold


class EdtfField(models.CharField):  # type: ignore[type-arg]
    """An EDTF date or interval, kept as its text, with two derived columns `<name>_earliest` and `<name>_latest`.

    In Python the value is an `Edtf`, or None when nothing is said. In the database the text is empty when nothing
    is said, and the derived columns are NULL where the date is open, unknown or absent. The derived columns follow
    the text on save, bulk_create and `RecordQuerySet.update`; they are what queries use.
    """

    description = _("Date imprécise (EDTF)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        super().contribute_to_class(cls, name, private_only)
        if cls.__module__ == "__fake__":  # a model of a migration, which lists the derived columns itself
            return
        for end in ("earliest", "latest"):
            derived = f"{name}_{end}"
            if not any(field.name == derived for field in cls._meta.local_fields):
                column = models.DateField(null=True, editable=False, db_index=False)
                column.creation_counter = self.creation_counter
                cls.add_to_class(derived, column)

    def from_db_value(self, value: str | None, *_: object) -> Edtf | None:
        return read_end(value) if value else None

    def to_python(self, value: object) -> Edtf | None:
        if value is None or value == "" or isinstance(value, Edtf):
            return value or None  # type: ignore[return-value]
        try:
            return self.read(str(value))
        except EdtfError as error:
            raise ValidationError(error.en if get_language() == "en" else error.fr, code="edtf") from error

    def read(self, text: str) -> Edtf:
        """Read a text that a person wrote. Raises EdtfError."""
        return parse(text)

    def get_prep_value(self, value: object) -> str:
        edtf = self.to_python(value)
        return edtf.text if edtf else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Edtf | None:  # noqa: FBT001 -- Django's signature
        edtf = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, edtf)
        setattr(model_instance, f"{self.name}_earliest", edtf.earliest if edtf else None)
        setattr(model_instance, f"{self.name}_latest", edtf.latest if edtf else None)
        return edtf

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def derived(self, value: object) -> dict[str, object]:
        """Give the three columns for a value, as `QuerySet.update` needs them."""
        edtf = self.to_python(value)
        return {
            self.name: edtf,
            f"{self.name}_earliest": edtf.earliest if edtf else None,
            f"{self.name}_latest": edtf.latest if edtf else None,
        }


class EndField(EdtfField):
    """The end of a period: an EDTF date, or `..` when it is still going on (its derived columns are then NULL).

    The column is that of an EdtfField, and migrations say so: nothing changes in the database.
    """

    def read(self, text: str) -> Edtf:
        return read_end(text)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "terreau.kernel.fields.EdtfField", args, kwargs


class NameField(models.CharField):  # type: ignore[type-arg]
    """A name, with a derived column `<name>_folded` that lists are sorted by: without case, accents or ligatures.

    The derived column holds the first SORTED_ON letters of the folded name, and follows the name as those of an
    EdtfField follow their text.
    """

    SORTED_ON = 80

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        super().contribute_to_class(cls, name, private_only)
        if cls.__module__ == "__fake__":  # a model of a migration, which lists the derived column itself
            return
        column: models.CharField[str, str] = models.CharField(
            max_length=self.SORTED_ON, blank=True, default="", editable=False
        )
        column.creation_counter = self.creation_counter
        cls.add_to_class(f"{name}_folded", column)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's signature
        value = super().pre_save(model_instance, add)
        setattr(model_instance, f"{self.name}_folded", self.sorted_as(value))
        return value

    def derived(self, value: Any) -> dict[str, object]:
        """Give the two columns for a value, as `QuerySet.update` needs them."""
        return {self.name: value, f"{self.name}_folded": self.sorted_as(value)}

    def sorted_as(self, value: Any) -> str:
        return fold(str(value or ""))[: self.SORTED_ON].strip()
