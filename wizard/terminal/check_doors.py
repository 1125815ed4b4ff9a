"""From a token to the Pages it opens, and from the keyring to the tokens it holds: the way in of `check`."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from wizard.actions.session import Session
from wizard.core.cancel import CancelToken
from wizard.core.errors import WizardError
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Reading, TokenFacts, TokenKind
from wizard.core.fetch import token_facts
from wizard.core.ports import Choice, Graph, Person
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.terminal.check_code import code_of
from wizard.terminal.check_options import CheckOptions
from wizard.terminal.ends import SetupEnds
from wizard.terminal.printing import Printer
from wizard.vault import proof_name


@dataclass(frozen=True, slots=True)
class Key:
    """A token and, where its app wants one, the proof that belongs to it."""

    secret: Secret
    proof: Secret | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """One Page that a token opens; page_id "" where the token is no Page's. graph: None where Facebook lists the Page
    and keeps its token back. token: what was read with this very graph already. tasks: of the person, where a person's
    token opened the Page; listed_at: Unix seconds, and page_name, from the same list."""

    page_id: str
    graph: Graph | None
    token: TokenFacts | None = None
    tasks: Reading[frozenset[str]] | None = None
    page_name: str = ""
    listed_at: float = 0.0


@dataclass(slots=True)
class Doors:
    """person: asked for the Page where a token opens several and none was named."""

    session: Session
    options: CheckOptions
    person: Person
    printer: Printer
    cancel: CancelToken = field(default_factory=CancelToken)

    def given_proof(self) -> Secret | None:
        name = self.options.token.proof_env
        proof = os.environ.get(name, "") if name else ""
        return Secret(proof) if proof else None

    def is_remembered(self, page_ids: Collection[str]) -> bool:
        """Whether the keyring is asked: said so, or nothing said and it holds the token of a Page that is wanted.

        page_ids: those wanted, empty for any. Raises SavedFileError."""
        given = self.options.token
        if given.remembered or given.env or given.stdin:
            return given.remembered
        known = {token.page_id for token in self.session.remembered.of(self.session.world.graph)}
        return bool(known.intersection(page_ids)) if page_ids else bool(known)

    def remembered(self, page_id: str) -> Key | None:
        """The token the keyring holds for this Page, "" for the last remembered. Raises SavedFileError."""
        for known in self.session.remembered.of(self.session.world.graph):
            secret = self.session.vault.get(known.name) if page_id in ("", known.page_id) else None
            if secret is not None:
                return Key(secret, self.session.vault.get(proof_name(known.name)))
        return None

    def of(self, key: Key, wanted: Sequence[str]) -> Iterator[Door]:
        """The Pages that the token opens, of those that are wanted; without any, of the one that is chosen."""
        graph = self.session.graph(key.secret, key.proof, self.cancel)
        token = token_facts(graph)
        identity = token.identity.value
        if identity is not None and identity.kind in (TokenKind.USER, TokenKind.SYSTEM_USER):
            yield from self._persons_pages(graph, wanted)
            return
        page_id = identity.id if identity is not None and identity.kind is TokenKind.PAGE else ""
        if page_id and self.options.page not in ("", page_id):
            self.printer.problem(_("This token is for another Page."), _("Take the token of the Page you named."))
            raise SetupEnds(ExitCode.PROBLEM)
        yield Door(page_id, graph, token)

    def _persons_pages(self, graph: Graph, wanted: Sequence[str]) -> Iterator[Door]:
        try:
            found = list(graph.pages())
        except WizardError as error:
            self.printer.failure(error.failure)
            raise SetupEnds(code_of(error.failure) or ExitCode.PROBLEM) from error
        usable = [page for page, own in found if own is not None]
        choice = usable or ([found[0][0]] if len(found) == 1 else [])
        chosen = tuple(wanted) or (self._chosen([(page.id, page.name) for page in choice]),)
        doors = [(page, own) for page, own in found if page.id in chosen]
        for page, own in doors:
            tasks = Reading("GET me/accounts", graph.time, page.tasks) if page.tasks is not None else None
            yield Door(page.id, own, tasks=tasks, page_name=page.name, listed_at=graph.time)
        if not doors and not wanted:
            self.printer.problem(
                _("This token does not open the Page."),
                _("Log in again and tick the Page, with the right to answer messages."),
            )
            raise SetupEnds(ExitCode.PROBLEM)

    def _chosen(self, usable: Sequence[tuple[str, str]]) -> str:
        if self.options.page or not usable:
            return self.options.page
        if len(usable) == 1:
            return usable[0][0]
        question = _("This token is a person's. Which Page is it about?")
        return self.person.ask("page", question, [Choice(page_id, name) for page_id, name in usable])
