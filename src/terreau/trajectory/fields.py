"""Model field of the trajectory."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from terreau.kernel.fields import EdtfField
from terreau.kernel.pure.edtf import Edtf, EdtfError
from terreau.trajectory.pure.ends import read_end


class EndField(EdtfField):
    """An EDTF date, or `..` when what it ends is still going on: its derived columns are then NULL."""

    def from_db_value(self, value: str | None, *_: object) -> Edtf | None:
        return read_end(value) if value else None

    def to_python(self, value: object) -> Edtf | None:
        if value is None or value == "":
            return None
        try:
            return read_end(value)
        except EdtfError as error:
            raise ValidationError(error.en if get_language() == "en" else error.fr, code="edtf") from error

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "terreau.trajectory.fields.EndField", args, kwargs
