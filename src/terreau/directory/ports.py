"""What apps above add to the list and to the page of organisations.

They say so in their `AppConfig.ready()`, the page asks here. Whatever is registered works from the reader and the
record alone: its budget is no query at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from terreau.directory.models import Organisation
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class PageAction:
    """Something to do from the page: a link, after those of the directory in their order. primary: drawn as such."""

    label: Words
    url: str
    primary: bool = False
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class PageNotice:
    """A sentence at the top of the page. kind: info, success, warning or error."""

    text: Words
    kind: str = "info"


ListActions = Callable[[Actor, Territory], Iterable[PageAction]]
Actions = Callable[[Actor, Organisation], Iterable[PageAction]]
Notices = Callable[[Actor, Organisation], Iterable[PageNotice]]
Answers = Callable[[Actor, Organisation, str], str]
"""From a question (the key of a gap, or one of `queries.detail.questions`) to the address where one answers it."""

_list_actions: list[ListActions] = []
_actions: list[Actions] = []
_notices: list[Notices] = []
_answers: list[Answers] = []


def register_list_actions(source: ListActions) -> None:
    _list_actions.append(source)


def register_actions(source: Actions) -> None:
    _actions.append(source)


def register_notices(source: Notices) -> None:
    _notices.append(source)


def register_answers(source: Answers) -> None:
    _answers.append(source)


def list_actions(reader: Actor, territory: Territory) -> list[PageAction]:
    """Give what apps above offer to this reader at the head of the list, in order."""
    offered = [action for source in _list_actions for action in source(reader, territory)]
    return sorted(offered, key=lambda action: (action.order, action.url))


def page_actions(reader: Actor, organisation: Organisation) -> list[PageAction]:
    """Give what apps above offer to this reader, in order."""
    offered = [action for source in _actions for action in source(reader, organisation)]
    return sorted(offered, key=lambda action: (action.order, action.url))


def page_notices(reader: Actor, organisation: Organisation) -> list[PageNotice]:
    return [notice for source in _notices for notice in source(reader, organisation)]


def gap_action(reader: Actor, organisation: Organisation, question: str) -> str:
    """Give where this reader may answer a question about an organisation; empty when nobody offers a way."""
    return next((url for source in _answers if (url := source(reader, organisation, question))), "")
