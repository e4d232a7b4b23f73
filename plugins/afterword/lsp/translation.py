"""What operations give, in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types

from afterword.lsp.places import Places
from afterword.model.finding import Edit, Finding, Level
from afterword.operations.writing.editing import Entry, Explanation, Mending, Suggestion

SOURCE = "afterword"

_SEVERITIES = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.INFO: types.DiagnosticSeverity.Information,
}
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "name": types.CompletionItemKind.Value,
    "record": types.CompletionItemKind.Reference,
    "action": types.CompletionItemKind.Reference,
    "section": types.CompletionItemKind.Struct,
    "rule": types.CompletionItemKind.Constant,
}
_SYMBOLS = {
    "header": types.SymbolKind.Object,
    "section": types.SymbolKind.Namespace,
    "event": types.SymbolKind.Event,
    "factor": types.SymbolKind.Field,
    "cause": types.SymbolKind.Field,
    "action": types.SymbolKind.Method,
}


def diagnostic(finding: Finding, place: types.Range) -> types.Diagnostic:
    """Give a finding with its way out on a line of its own."""
    message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    severity = _SEVERITIES[finding.level or Level.WARNING]
    return types.Diagnostic(place, message, severity, code=finding.rule, source=SOURCE)


def hover(explanation: Explanation, places: Places) -> types.Hover:
    """Give an explanation as the box beside the cursor."""
    content = types.MarkupContent(types.MarkupKind.Markdown, explanation.text)
    return types.Hover(content, places.range(explanation.span))


def completion(suggestions: Sequence[Suggestion], places: Places) -> types.CompletionList:
    """Give suggestions in their order, which editors would change to that of the alphabet."""
    items = [
        types.CompletionItem(
            label=each.label,
            kind=_KINDS[each.sort],
            detail=each.detail or None,
            sort_text=f"{number:05}",
            filter_text=each.matched or None,
            text_edit=types.TextEdit(places.range(each.span), each.text),
        )
        for number, each in enumerate(suggestions)
    ]
    return types.CompletionList(is_incomplete=False, items=items)


def symbols(entries: Iterable[Entry], places: Places) -> list[types.DocumentSymbol]:
    """Give an outline; a name is never empty, and lies inside what it names."""
    return [
        types.DocumentSymbol(
            name=" ".join(entry.name.split()) or f"({entry.part})",
            kind=_SYMBOLS[entry.part],
            range=places.range(entry.span if _within(entry) else entry.head.to(entry.span)),
            selection_range=places.range(entry.head if _within(entry) else entry.span),
            detail=entry.detail or None,
            children=symbols(entry.inside, places),
        )
        for entry in entries
    ]


def _within(entry: Entry) -> bool:
    head, whole = entry.head, entry.span
    return (whole.line, whole.column) <= (head.line, head.column) and (
        (head.end_line, head.end_column) <= (whole.end_line, whole.end_column)
    )


def action(
    mending: Mending, uri: str, version: int | None, places: Places, diagnostic: types.Diagnostic
) -> types.CodeAction:
    """Give what can be done about a finding as a quick fix."""
    return types.CodeAction(
        title=mending.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic],
        is_preferred=mending.mends,
        edit=workspace_edit(mending.edits, uri, version, places),
    )


def workspace_edit(
    edits: Iterable[Edit], uri: str, version: int | None, places: Places
) -> types.WorkspaceEdit:
    """Give edits of one file in the version that they were made for: an editor refuses them for another."""
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    changes = [types.TextEdit(places.range(edit.span), edit.text) for edit in edits]
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
