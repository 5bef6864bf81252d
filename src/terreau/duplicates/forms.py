"""What is chosen to merge records, field by field."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.duplicates.enums import State
from terreau.duplicates.queries.fields import BOTH, groups, part_lists


class MergeForm(forms.Form):
    """One choice for each group of columns and each list, and the versions that were read. Nothing is obligatory."""

    def __init__(self, data: Mapping[str, Any] | None, organisations: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.organisations = organisations
        each = [(str(one.pk), one.name) for one in organisations]
        for group in groups():
            self.fields[group.name] = forms.ChoiceField(
                choices=[*each, *[(BOTH, _("tout"))] * group.joins], required=False
            )
        for part in part_lists():
            if part.is_chosen:
                self.fields[part.name] = forms.ChoiceField(choices=[*each, (BOTH, _("tout"))], required=False)
        for one in organisations:
            self.fields[f"version-{one.pk}"] = forms.IntegerField(min_value=1, required=False)

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, name → UUID of a record, as text, or BOTH. After is_valid."""
        return {name: value for name, value in self.cleaned_data.items() if value and not name.startswith("version-")}

    @property
    def versions(self) -> dict[UUID, int]:
        """The versions that the form was opened on. After is_valid."""
        return {one.pk: self.cleaned_data.get(f"version-{one.pk}") or 0 for one in self.organisations}


class DecisionForm(forms.Form):
    state = forms.ChoiceField(
        choices=[(state.value, state.label) for state in (State.OPEN, State.IGNORED, State.DISTINCT)]
    )


class UndoForm(forms.Form):
    """Whether to undo a merge even when what changed since is lost."""

    losing = forms.BooleanField(label=_("Défaire quand même, et perdre ces changements"), required=False)
