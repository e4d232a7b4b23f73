"""Setting an editor up: what the documentation says, and what is said where something is missing."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import tomllib
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.conftest import REPOSITORY, afterword
from tests.lsp.drawn import archive
from tests.lsp.editor import run

__all__ = ["archive"]
PAGE = (REPOSITORY / "docs" / "editors.md").read_text(encoding="utf-8")
BLOCKS = {
    language: [
        found[1] for found in re.finditer(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    ]
    for language in ("json", "lua", "toml")
}


def test_what_is_to_be_copied_can_be_read() -> None:
    """The settings are JSON and TOML, and start the command that there is; so does the Lua."""
    code, saving = (json.loads(block) for block in BLOCKS["json"])
    assert [code["glspc.server.command"], *code["glspc.server.commandArguments"]] == ["afterword", "lsp"]
    assert "source.fixAll.afterword" in json.dumps(saving)
    (helix,) = (tomllib.loads(block) for block in BLOCKS["toml"])
    server = helix["language-server"]["afterword"]
    assert [server["command"], *server["args"]] == ["afterword", "lsp"]
    assert all("afterword" in language["language-servers"] for language in helix["language"])
    assert len(BLOCKS["lua"]) == 2
    for block in BLOCKS["lua"]:
        assert "cmd = { 'afterword', 'lsp' }" in block
        assert all(block.count(left) == block.count(right) for left, right in ("{}", "()"))


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pygls is not installed, the command says in one line what brings it."""
    (tmp_path / "pygls.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pygls'\", name='pygls')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = afterword("lsp", folder=tmp_path, code=2)
    assert result.stdout == ""
    assert result.stderr == (
        "afterword: serving an editor needs what `pip install 'afterword[lsp]'` brings (pygls is missing)\n"
    )


@pytest.mark.parametrize("address", ["9257", "localhost:x", "localhost:99999"])
def test_a_wrong_address_is_told(tmp_path: Path, address: str) -> None:
    """An address names a host and a port."""
    result = afterword("lsp", "--tcp", address, folder=tmp_path, code=2)
    assert "expected HOST:PORT" in result.stderr


def test_it_serves_a_connection_too(archive: Path) -> None:
    """With `--tcp` it waits for one editor, and ends when that one is gone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    async def scene() -> None:
        program = str(Path(sys.executable).parent / "afterword")
        server = await asyncio.create_subprocess_exec(
            program, "lsp", "--tcp", f"127.0.0.1:{port}", cwd=archive, stderr=asyncio.subprocess.PIPE
        )
        client = LanguageClient("editor", "1")
        for _ in range(300):
            try:
                await client.start_tcp("127.0.0.1", port)
                break
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)
        answer = await client.initialize_async(
            types.InitializeParams(capabilities=types.ClientCapabilities())
        )
        assert answer.server_info.name == "afterword"
        assert answer.capabilities.text_document_sync.change == types.TextDocumentSyncKind.Full
        await client.shutdown_async(None)
        client.exit(None)
        assert await asyncio.wait_for(server.wait(), 30) == 0
        await client.stop()

    run(scene())
