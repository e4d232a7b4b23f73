"""Other generators over the same Markdown, always from nothing: MkDocs with Material and its search, Hugo, Pagefind over Hugo's pages, Zensical."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

from benchmarks.building.place import Place
from benchmarks.building.spent import Spent

HUGO_SETTINGS = """baseURL = "https://archive.example/"
title = "Synthetic archive"
disableKinds = ["RSS"]

[taxonomies]
service = "services"
severity = "severity"
failure_class = "failure_class"

[[module.mounts]]
source = "{records}"
target = "content"
excludeFiles = ["index.md"]

[[module.mounts]]
source = "layouts"
target = "layouts"
"""
"""`index.md` would make one page with attachments of the whole folder, and feeds are left out, which makes Hugo faster."""

HUGO_LAYOUTS = {
    "baseof.html": """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<main{{ if .IsPage }} data-pagefind-body{{ end }}>
<h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main>
</body>
</html>
""",
    "single.html": """{{ define "main" }}
<p>{{ .Date.Format "2006-01-02" }}{{ range slice "services" "severity" "failure_class" }}{{ range $.GetTerms . }} <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}</p>
{{ .Content }}
{{ end }}
""",
    "list.html": """{{ define "main" }}
<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
""",
}
"""The least that shows a record, what it is filed under, and lists; Pagefind indexes records only."""


def mkdocs(place: Place, number: int) -> Spent:
    """Build with MkDocs, Material and its search; records are not in the navigation."""
    site = place.folder / "mkdocs-site"
    place.clear(site)
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "mkdocs-plain.yml", "-d", site)
    spent = place.run("mkdocs", command, place.archive)
    _expect(site, place.records)
    return spent


def hugo(place: Place, number: int) -> Spent:
    """Build with Hugo and a bare template."""
    folder = place.folder / "hugo"
    place.clear(folder)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in HUGO_LAYOUTS.items():
        (layouts / name).write_text(text, encoding="utf-8")
    records = (place.archive / "postmortems").as_posix()
    (folder / "hugo.toml").write_text(HUGO_SETTINGS.format(records=records), encoding="utf-8")
    # With `--config` an older Hugo reads the file by that name, too; records of tomorrow are pages like others.
    command = (
        "hugo",
        "--quiet",
        "--config",
        "hugo.toml",
        "--destination",
        _hugo_site(place),
        "--buildFuture",
    )
    spent = place.run("hugo", command, folder)
    _expect(_hugo_site(place), place.records)
    return spent


def pagefind(place: Place, number: int) -> Spent:
    """Index Hugo's pages with Pagefind."""
    site = _hugo_site(place)
    if not site.exists():
        hugo(place, number)
    place.clear(site / "pagefind")
    return place.run("pagefind", (sys.executable, "-m", "pagefind_bin", "--site", site), place.folder)


def zensical(place: Place, number: int) -> Spent:
    """Build with Zensical and the settings of MkDocs."""
    folder = place.folder / "zensical"
    place.clear(folder)
    # It reads and writes nothing outside of its folder.
    shutil.copytree(place.archive / "postmortems", folder / "postmortems")
    shutil.copyfile(place.archive / "mkdocs-plain.yml", folder / "mkdocs.yml")
    command = (_zensical_folder(place) / "bin" / "zensical", "build", "--config-file", "mkdocs.yml")
    spent = place.run("zensical", command, folder)
    _expect(folder / "site", place.records)
    return spent


def _hugo_site(place: Place) -> Path:
    return place.folder / "hugo" / "site"


def _expect(site: Path, records: int) -> None:
    """Stop where a generator has left out records: it would be compared for less work."""
    built = sum(1 for _ in site.glob("20*/*/index.html"))
    if built != records:
        raise SystemExit(f"{site} has {built:,} pages of records instead of {records:,}")


def no_hugo(place: Place) -> str:
    """Say why Hugo cannot be measured; nothing where it can."""
    return "" if shutil.which("hugo") else "hugo is not installed: `apt-get install hugo` on Debian, https://gohugo.io/installation/ elsewhere"  # fmt: skip


def no_zensical(place: Place) -> str:
    """Install Zensical in an environment of its own, once for all sizes, and say why it cannot be measured where that fails."""
    folder = _zensical_folder(place)
    if not (folder / "bin" / "zensical").exists():
        venv.create(folder, with_pip=True, clear=True)
        command = (folder / "bin" / "python", "-m", "pip", "install", "--quiet", "zensical")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"zensical could not be installed: {done.stderr.strip().splitlines()[-1]}"
    return ""


def _zensical_folder(place: Place) -> Path:
    return place.folder.parent / "zensical"


def versions(work: Path) -> str:
    """Name the versions of all of them, as far as they are there."""
    found = [f"MkDocs {version('mkdocs')}", f"Material {version('mkdocs-material')}"]
    for name, command in (
        ("Hugo", ("hugo", "version")),
        ("Pagefind", (sys.executable, "-m", "pagefind_bin", "--version")),
        ("Zensical", (str(work / "zensical" / "bin" / "zensical"), "--version")),
    ):
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            number = re.search(r"\d+\.\d+\.\d+", said)
            found += [f"{name} {number[0]}"] if number else []
    return ", ".join(found)
