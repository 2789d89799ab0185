"""The server as three editors use it, by what they say that they can do; run by .ci/lsp with pytest.

PROGRAM is the program to start.
"""

import os

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

URI = "file:///work/loong.toml"
TEXT = '# 🐉\nactive_provider = "main"\n[providers.main] # 🐉\nkind = "opneai" # 🐉\nmodel = "gpt-4.1"\nmodle = 1\n'


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["PROGRAM"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams):
        return None

    lsp_client.server = (
        await lsp_client.initialize_session(
            types.InitializeParams(capabilities=client_capabilities(request.param), workspace_folders=[])
        )
    ).capabilities
    yield
    await lsp_client.shutdown_session()


async def findings(client: LanguageClient):
    """The diagnostics after a change, asked for or sent, as the server says that it gives them."""
    if client.server.diagnostic_provider:
        reply = await client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(URI))
        )
        return list(reply.items)
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[URI])


def place(client: LanguageClient, line: int, before: str) -> types.Position:
    """A place behind some characters of a line, in the encoding that was agreed on."""
    if client.server.position_encoding == types.PositionEncodingKind.Utf8:
        return types.Position(line, len(before.encode()))
    return types.Position(line, len(before.encode("utf-16-le")) // 2)


@pytest.mark.asyncio
async def test_session(client: LanguageClient):
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "toml", 1, TEXT))
    )
    found = await findings(client)
    assert [d.code for d in found] == ["unknown-provider-kind", "unknown-key"]
    bad = types.Range(place(client, 3, 'kind = '), place(client, 3, 'kind = "opneai"'))
    assert found[0].range == bad

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(URI), bad, types.CodeActionContext([]))
    )
    fix = next(a for a in actions if a.title == "Write openai")
    if fix.edit.document_changes:
        assert fix.edit.document_changes[0].text_document.version == 1
        edit = fix.edit.document_changes[0].edits[0]
    else:
        edit = fix.edit.changes[URI][0]
    change = types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, URI), [change])
    )
    assert [d.code for d in await findings(client)] == ["unknown-key"]

    hover = await client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(3, 1))
    )
    assert "kind" in str(hover.contents)
    completion = await client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(URI), types.Position(3, 8))
    )
    items = completion.items if isinstance(completion, types.CompletionList) else completion
    assert "anthropic" in [i.label for i in items]
    renamed = await client.text_document_rename_async(
        types.RenameParams(types.TextDocumentIdentifier(URI), place(client, 2, "[providers.m"), "primary")
    )
    edits = renamed.document_changes[0].edits if renamed.document_changes else renamed.changes[URI]
    assert sorted(e.range.start.line for e in edits) == [1, 2]
