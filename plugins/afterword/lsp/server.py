"""The language server: each request wraps the protocol's input, calls one function of `operations`, and wraps the output."""

from __future__ import annotations

import gc
import importlib.metadata
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from afterword.lsp import translation
from afterword.lsp.places import Places
from afterword.lsp.workplace import Desk, Workplace
from afterword.operations.writing import editing
from afterword.operations.writing.editing import SETTINGS_NAME

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{translation.SOURCE}"
"""What editors are told to do on saving."""

_TRIGGERS = (":", " ", "[", "{", "(", "#", "|", ">", ",", "-")
_MANY_OBJECTS = 200_000
"""So many more objects than before make Python look for cycles: those of ten keystrokes in a large record."""

_WATCHED = (f"**/{SETTINGS_NAME}", "**/*.md")


class Server(LanguageServer):
    """The server of one editor, with the archives that its files belong to."""

    def __init__(self) -> None:
        """Ask for whole texts.

        pygls would apply the changes of a part by lines that also end at form feeds and other separators, where neither the protocol
        nor Markdown ends one; 50 KB are sent in less than a millisecond.
        """
        super().__init__(
            "afterword", importlib.metadata.version("afterword"), types.TextDocumentSyncKind.Full
        )
        self.workplace = Workplace(self.publish)
        self.exit_code = 0

    def publish(self, desk: Desk) -> None:
        """Send the findings of a file."""
        manuscript, places = desk.manuscript, self.places(desk)
        found = [
            translation.diagnostic(each, places.range(manuscript.shown(each.span)))
            for each in manuscript.findings
        ]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(desk.uri, found, desk.version))

    def places(self, desk: Desk) -> Places:
        """Give the places of a file in the units of the editor."""
        return Places(desk.manuscript.lines, self.encoding)

    @property
    def encoding(self) -> types.PositionEncodingKind | str:
        """Give the units in which the editor counts columns."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16


def make_server() -> Server:
    """Make a server that answers all that it can answer."""
    server = Server()
    _add_documents(server)
    _add_questions(server)
    _add_farewell(server)
    return server


def _add_documents(server: Server) -> None:
    workplace = server.workplace

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        capabilities = server.client_capabilities.workspace
        watching = capabilities.did_change_watched_files if capabilities is not None else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        workplace.open(document.uri, _file_of(document.uri), document.version, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        text = server.workspace.get_text_document(document.uri).source
        workplace.change(document.uri, document.version, text)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        workplace.read_again()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if workplace.close(uri):
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        if any(change.uri.endswith(f"/{SETTINGS_NAME}") for change in params.changes):
            workplace.move()
        else:
            workplace.read_again()


def _add_questions(server: Server) -> None:
    workplace = server.workplace

    def look(uri: str) -> tuple[Desk, Places] | None:
        """Find the desk of a file; there is none for one that is not open, or lies in no archive."""
        desk = workplace.desk(uri)
        return (desk, server.places(desk)) if desk is not None else None

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        found = look(params.text_document.uri)
        if found is None:
            return None
        desk, places = found
        explanation = editing.explain(desk.manuscript, *places.cursor(params.position))
        return translation.hover(explanation, places) if explanation is not None else None

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(_TRIGGERS))
    )
    def completion(params: types.CompletionParams) -> types.CompletionList | None:
        found = look(params.text_document.uri)
        if found is None or found[0].manuscript.record is None:
            return None
        desk, places = found
        return translation.completion(
            editing.complete(desk.manuscript, *places.cursor(params.position)), places
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        found = look(params.text_document.uri)
        if found is None or found[0].manuscript.record is None:
            return None
        return translation.symbols(editing.outline(found[0].manuscript.record), found[1])

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        found = look(params.text_document.uri)
        target = editing.target(found[0].manuscript, *found[1].cursor(params.position)) if found else None
        if found is None or target is None:
            return None
        archive = found[0].editing
        uri = from_fs_path(str(archive.location_of(target.path)))
        place = Places(archive.lines_of(target.path), server.encoding).range(target.span)
        return types.Location(uri, place) if uri is not None else None

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        found = look(params.text_document.uri)
        if found is None:
            return None
        desk, places = found
        manuscript = desk.manuscript
        wanted = params.context.only
        actions = []
        if wanted is None or types.CodeActionKind.QuickFix in wanted:
            for mending in editing.mendings(manuscript, places.span(params.range)):
                place = places.range(manuscript.shown(mending.finding.span))
                said = translation.diagnostic(mending.finding, place)
                actions.append(translation.action(mending, desk.uri, desk.version, places, said))
        if wanted is not None and any(each == FIX_ALL or FIX_ALL.startswith(f"{each}.") for each in wanted):
            edits = editing.all_edits(manuscript.findings)
            if edits:
                edit = translation.workspace_edit(edits, desk.uri, desk.version, places)
                actions.append(types.CodeAction("mend all that can be mended", FIX_ALL, edit=edit))
        return actions


def _add_farewell(server: Server) -> None:
    """Keep the exit code that the protocol asks for: pygls has it, and ends its loop over standard streams without it."""
    is_shut_down = False

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        nonlocal is_shut_down
        is_shut_down = True

    @server.feature(types.EXIT)
    def leave(params: None) -> None:
        server.exit_code = 0 if is_shut_down else 1


def _file_of(uri: str) -> Path | None:
    """Give the file of an address, None where it names none: a text that was never saved has no place in an archive."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None


def _collect_seldom() -> None:
    """Let Python look for cycles when nobody types, or once very much was made: keystrokes make hardly any."""
    gc.set_threshold(_MANY_OBJECTS, 10, 10)


def serve_standard_streams() -> int:
    """Serve the editor that started this process, until it says so or goes, and give the exit code: 1 for an `exit` without `shutdown`."""
    _collect_seldom()
    server = make_server()
    server.start_io()
    return server.exit_code


def serve_tcp(host: str, port: int) -> None:
    """Serve the editor that connects to an address."""
    _collect_seldom()
    make_server().start_tcp(host, port)
