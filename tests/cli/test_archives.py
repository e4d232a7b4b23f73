"""Several archives in one repository: each with its own pages, and ways between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import afterword, drawn
from tests.search.whole_catalogue import catalogue_of

TREE: dict[str, str | bytes] = {
    "afterword.yml": """\
archives:
  - { folder: docs/incidents, name: Incidents }
  - { folder: docs/near-misses, name: Near misses, visibility: public }
""",
    "mkdocs.yml": "site_name: Ops\ntheme: { name: material, font: false }\nplugins: [search, afterword]\n",
    "docs/index.md": "# Ops\n\n[Incidents](incidents/index.md) and [near misses](near-misses/index.md).\n",
    "docs/incidents/index.md": "# What happened\n",
}
WORDS = ("--kind", "outage", "--service", "checkout", "--class", "capacity")
INCIDENT = "2026-03-14-checkout-returned-errors"
NEAR_MISS = "2026-04-14-certificate-nearly-expired"
LATER = "2026-05-14-stock-count-off"


@pytest.fixture
def ops(tmp_path: Path) -> Path:
    """Begin a record in each archive, the second time by the folder's name; the near miss names and links to the incident."""
    with drawn(tmp_path, TREE) as folder:
        begin = ("new", *WORDS, "--title")
        afterword(
            *begin, "Checkout returned errors", "--severity", "sev3", "--date", "2026-03-14", folder=folder
        )
        certificate = (
            *begin,
            "Certificate nearly expired",
            "--severity",
            "near-miss",
            "--date",
            "2026-04-14",
        )
        made = afterword(*certificate, "--archive", "Near misses", folder=folder).stdout
        assert made == f"docs/near-misses/2026/{NEAR_MISS}.md\n"
        stock = (*begin, "Stock count off", "--severity", "sev3", "--date", "2026-05-14")
        afterword(*stock, "--archive", "docs/near-misses", folder=folder)
        path = folder / made.strip()
        text = path.read_text().replace("date: 2026-04-14", f"date: 2026-04-14\nrecurrence_of: [{INCIDENT}]")
        link = f"[The first time](../../incidents/2026/{INCIDENT}.md#timeline)."
        path.write_text(text.replace("## Summary\n", f"## Summary\n\n{link}\n", 1))
    return folder


def test_each_has_its_own_pages(ops: Path) -> None:
    """Home, search and indexes of an archive hold its records; links between the archives lead to the other's pages."""
    afterword("check", folder=ops)
    afterword("build", "--strict", folder=ops)
    site = ops / "site"

    def page(address: str) -> str:
        return (site / address / "index.html").read_text(encoding="utf-8")

    records = {"incidents": {INCIDENT}, "near-misses": {NEAR_MISS, LATER}}
    for base, own in records.items():
        others = set().union(*records.values()) - own
        for address in (base, f"{base}/years/2026", f"{base}/services/checkout", f"{base}/search"):
            shown = page(address)
            assert all(f"2026/{each}/" in shown for each in own), address
            assert not any(f"2026/{each}/" in shown for each in others), address
        catalogue = catalogue_of(site, base)
        assert set(catalogue["records"]["id"]) == own
    assert "What happened" in page("incidents") and "Near misses" in page("near-misses")
    record = page(f"near-misses/2026/{NEAR_MISS}")
    assert f'href="../../../incidents/2026/{INCIDENT}/#timeline"' in record
    assert 'href="../../assets/afterword.css"' in record


def test_checks_and_exports_know_the_archives(ops: Path) -> None:
    """Findings of one folder can be asked for alone; the export says where each record is from and where it is published."""
    findings = json.loads(afterword("check", "--format", "json", "docs/near-misses", folder=ops).stdout)
    assert findings and all(each["path"].startswith("docs/near-misses/") for each in findings)
    exported = json.loads(afterword("export", "json", folder=ops).stdout)
    assert {each["id"]: (each["archive"], each["address"]) for each in exported["records"]} == {
        INCIDENT: ("Incidents", f"incidents/2026/{INCIDENT}/"),
        NEAR_MISS: ("Near misses", f"near-misses/2026/{NEAR_MISS}/"),
        LATER: ("Near misses", f"near-misses/2026/{LATER}/"),
    }


def test_an_unknown_archive_and_a_taken_id_are_refused(ops: Path) -> None:
    """The names of the archives are given, and no id is made twice across them."""
    words = ("--title", "Checkout returned errors", "--severity", "sev3", "--date", "2026-03-14", *WORDS)
    said = afterword("new", *words, "--archive", "Near mises", folder=ops, code=2).stderr
    assert "expected Incidents, Near misses (did you mean 'Near misses'?)" in said
    said = afterword("new", *words, "--archive", "Near misses", folder=ops, code=2).stderr
    assert f"docs/incidents/2026/{INCIDENT}.md has the id" in said


def test_two_archives_at_one_address_are_refused(ops: Path) -> None:
    """One has by its `address` what the other has by its folder: the pages of one would take the places of the other's."""
    settings = ops / "afterword.yml"
    settings.write_text(
        settings.read_text().replace("name: Incidents", "name: Incidents, address: near-misses")
    )
    done = afterword("build", folder=ops, code=2)
    said = "the archives docs/incidents and docs/near-misses both have the address 'near-misses/'"
    assert said in " ".join(done.stderr.split())


def test_what_another_file_hides_is_named_by_its_own_place(ops: Path) -> None:
    """A page and an attachment of an archive that is moved to where other files lie already."""
    settings = ops / "afterword.yml"
    settings.write_text(settings.read_text().replace("name: Incidents", "name: Incidents, address: guides"))
    for folder in ("incidents", "guides"):
        (ops / "docs" / folder / "2026").mkdir(parents=True, exist_ok=True)
        (ops / "docs" / folder / "2026/plan.txt").write_text(folder)
        (ops / "docs" / folder / "about.md").write_text(f"# Of {folder}\n")
    record = ops / f"docs/incidents/2026/{INCIDENT}.md"
    record.write_text(record.read_text().replace("## Summary\n", "## Summary\n\n[Plan](plan.txt).\n", 1))
    said = " ".join(afterword("build", folder=ops).stderr.split())
    assert "incidents/2026/plan.txt is not published: guides/2026/plan.txt has its address" in said
    assert "incidents/about.md is not published: guides/about.md has its address" in said
    assert (ops / "site/guides/2026/plan.txt").read_text() == "guides"
    assert "Of guides" in (ops / "site/guides/about/index.html").read_text()
