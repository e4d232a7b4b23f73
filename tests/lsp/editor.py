"""An editor that starts `afterword lsp` as editors do and speaks to it over its standard streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from afterword.lsp.places import Places
from afterword.parse.source.text import split_lines
from tests.command import stand_in

PATIENCE = 30
"""Seconds: other tests run on the same cores."""


def run(scene: Coroutine[Any, Any, None]) -> None:
    """Play a scene to its end, on a thread of its own: tests in a browser leave a running loop on the main one."""
    with ThreadPoolExecutor(max_workers=1) as stage:
        stage.submit(asyncio.run, asyncio.wait_for(scene, 4 * PATIENCE)).result()


class Editor:
    """One editor with its server; texts are those that the user sees, places those of the protocol."""

    def __init__(self, encoding: types.PositionEncodingKind) -> None:
        """Remember all that the server says."""
        self.client = LanguageClient("editor", "1")
        self.encoding = encoding
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.told: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.registered: list[types.Registration] = []
        self._news = asyncio.Condition()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def published(params: types.PublishDiagnosticsParams) -> None:
            self.told.setdefault(params.uri, []).append(params)
            async with self._news:
                self._news.notify_all()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

    async def open(self, file: Path, text: str | None = None) -> None:
        """Open a file, with a text that was not saved where one is given."""
        uri = file.as_uri()
        # Python would turn the line ends of other systems into its own.
        self.texts[uri] = file.read_bytes().decode() if text is None else text
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, "markdown", 1, self.texts[uri])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def type(self, file: Path, text: str) -> None:
        """Give a file another text."""
        uri = file.as_uri()
        self.texts[uri] = text
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def save(self, file: Path) -> None:
        """Write what is open to its file, and say so."""
        file.write_text(self.texts[file.as_uri()], encoding="utf-8", newline="")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self._document(file)))

    async def close(self, file: Path) -> None:
        """Close a file."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self._document(file)))

    def changed(self, *files: Path) -> None:
        """Say that files were changed by somebody else."""
        changes = [types.FileEvent(each.as_uri(), types.FileChangeType.Changed) for each in files]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))

    async def findings(self, file: Path) -> list[types.Diagnostic]:
        """Wait until the present text is judged, and give what was found."""
        uri = file.as_uri()
        await self.until(
            lambda: self._last(uri) is not None and self._last(uri).version == self.versions[uri]
        )
        return list(self._last(uri).diagnostics)

    async def rules(self, file: Path) -> list[str]:
        """Wait until the present text is judged, and give the rules of what was found."""
        return [str(each.code) for each in await self.findings(file)]

    async def until_rules(self, file: Path, wanted: set[str], unwanted: Sequence[str] = ()) -> None:
        """Wait until a file has certain findings and lacks others."""

        def there() -> bool:
            last = self._last(file.as_uri())
            rules = {str(each.code) for each in last.diagnostics} if last is not None else set()
            return last is not None and wanted <= rules and not rules & {*unwanted}

        await self.until(there)

    async def until(self, come_true: Any) -> None:
        """Wait for news until a condition holds."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(come_true), PATIENCE)

    def at(self, file: Path, text: str, after: int = 0) -> types.TextDocumentPositionParams:
        """Give the position `after` characters into the first place where a text stands."""
        whole = self.texts[file.as_uri()]
        index = whole.index(text) + after
        lines = split_lines(whole[:index])
        return types.TextDocumentPositionParams(
            self._document(file), self._places(file).position(len(lines), len(lines[-1]) + 1)
        )

    def underlined(self, file: Path, finding: types.Diagnostic) -> str:
        """Give the text on one line that a finding underlines."""
        span = self._places(file).span(finding.range)
        return split_lines(self.texts[file.as_uri()])[span.line - 1][span.column - 1 : span.end_column - 1]

    async def hover(self, file: Path, text: str, after: int = 0) -> str:
        """Give what is said of a place; empty where nothing is."""
        at = self.at(file, text, after)
        said = await self.client.text_document_hover_async(types.HoverParams(at.text_document, at.position))
        return said.contents.value if said is not None else ""

    async def definition(self, file: Path, text: str, after: int = 0) -> types.Location | None:
        """Give where a place leads to."""
        at = self.at(file, text, after)
        params = types.DefinitionParams(at.text_document, at.position)
        found: types.Location | None = await self.client.text_document_definition_async(params)
        return found

    async def offered(self, file: Path, text: str, after: int = 0) -> list[types.CompletionItem]:
        """Give the completions at a place, in their order."""
        at = self.at(file, text, after)
        found = await self.client.text_document_completion_async(
            types.CompletionParams(at.text_document, at.position)
        )
        return sorted(found.items, key=lambda item: item.sort_text) if found is not None else []

    async def labels(self, file: Path, text: str, after: int | None = None) -> list[str]:
        """Give the labels of the completions at the end of a text."""
        return [item.label for item in await self.offered(file, text, len(text) if after is None else after)]

    async def actions(
        self, file: Path, place: types.Range, only: Sequence[str] | None = None
    ) -> list[types.CodeAction]:
        """Give what can be done at a place."""
        context = types.CodeActionContext([], only=only)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(self._document(file), place, context)
        )
        return list(found or ())

    def edited(self, file: Path, edit: types.WorkspaceEdit | types.TextEdit) -> str:
        """Give the text of a file after an edit."""
        if isinstance(edit, types.TextEdit):
            edits = [edit]
        else:
            (document,) = edit.document_changes
            assert document.text_document.version == self.versions[file.as_uri()]
            edits = list(document.edits)
        text = self.texts[file.as_uri()]
        ends = [0]
        for line in text.splitlines(keepends=True):
            ends.append(ends[-1] + len(line))
        for each in sorted(edits, key=lambda one: one.range.start.line, reverse=True):
            span = self._places(file).span(each.range)
            start = ends[span.line - 1] + span.column - 1
            end = ends[span.end_line - 1] + span.end_column - 1
            text = text[:start] + each.new_text + text[end:]
        return text

    async def stop(self, shut_down: bool = True) -> int:
        """Say goodbye, by default as the protocol asks for it, and give the server's exit code."""
        if shut_down:
            await self.client.shutdown_async(None)
        self.client.exit(None)
        await asyncio.wait_for(self.server.wait(), PATIENCE)
        return self.server.returncode

    @property
    def server(self) -> asyncio.subprocess.Process:
        """Give the server's process."""
        return self.client._server

    def _last(self, uri: str) -> types.PublishDiagnosticsParams | None:
        return self.told[uri][-1] if uri in self.told else None

    def _places(self, file: Path) -> Places:
        return Places(split_lines(self.texts[file.as_uri()]), self.encoding)

    def _document(self, file: Path) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(file.as_uri())


@asynccontextmanager
async def editor_in(
    folder: Path,
    encodings: Sequence[types.PositionEncodingKind] | None = None,
    *,
    watching: bool = False,
) -> AsyncIterator[Editor]:
    """Start a server in a folder and introduce the editor, which asks for `encodings` in this order."""
    editor = Editor(types.PositionEncodingKind.Utf16)
    command, descriptors = stand_in("lsp")
    await editor.client.start_io(*command, cwd=str(folder), pass_fds=descriptors)
    watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watching)
    answer = await editor.client.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(
                general=types.GeneralClientCapabilities(position_encodings=encodings),
                workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watched),
            ),
            root_uri=folder.as_uri(),
        )
    )
    editor.encoding = types.PositionEncodingKind(answer.capabilities.position_encoding)
    editor.client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        if editor.server.returncode is None:
            await editor.stop()
        await editor.client.stop()
