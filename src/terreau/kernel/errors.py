"""What a service raises. Pages, commands and the API show the same message (style.md, section 3)."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class RuleBroken(Exception):
    """A rule of the domain refuses what was asked; nothing was written.

    message: one translated sentence that names the value and the remedy.
    field: name of the form field or API key at fault, empty for the whole.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Exception):
    """The policy table refuses an action; `why` says who may, in words."""

    def __init__(self, action: str, why: str) -> None:
        super().__init__(why)
        self.action = action
        self.why = why


class StaleVersion(RuleBroken):
    """Someone saved a newer version of the record since the form was opened.

    current: the record as it is now, so that both versions can be shown.
    """

    def __init__(self, current: Any) -> None:
        super().__init__(
            str(
                _(
                    "Quelqu'un a enregistré cette fiche entre-temps : comparez les deux versions, puis enregistrez à nouveau."
                )
            )
        )
        self.current = current
