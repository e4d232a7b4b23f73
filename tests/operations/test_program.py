"""What was kept by the same program on another machine is taken for its work."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.operations.program import installed_marks, program_marks, settings_mark
from afterword.operations.settings_file import settings_from
from afterword.render.page import site_page as page

WHEEL = """\
../../../bin/afterword,sha256=differs_with_the_folder,210
afterword-0.1.0.dist-info/RECORD,,
afterword/render/page/site_page.py,sha256=one,3000
afterword/render/__pycache__/page.cpython-312.pyc,,
afterword/__init__.py,sha256=two,70
"""
EDITABLE = "_afterword.pth,sha256=three,40\nafterword-0.1.0.dist-info/direct_url.json,sha256=four,90\n"


def test_an_installation_is_told_by_what_it_holds() -> None:
    """Neither its folder nor its time counts; one that is being worked on is told by its files."""
    assert list(installed_marks(WHEEL)) == [
        "afterword/__init__.py,sha256=two,70",
        "afterword/render/page/site_page.py,sha256=one,3000",
    ]
    assert list(installed_marks(EDITABLE)) == []
    assert any("page.py" in mark for mark in program_marks("render"))


@pytest.mark.parametrize(
    ("folder", "name"),
    [("render", "10-base.css"), ("render", "afterword.js"), ("check", ".txt"), ("authoring", ".md")],
)
def test_whatever_a_program_reads_is_a_part_of_it(folder: str, name: str) -> None:
    """Who works on style sheets, scripts, lists of words or templates is not shown what was made of those before."""
    marks = program_marks(folder)
    assert any(name in mark for mark in marks)
    assert not any(".pyc " in mark for mark in marks)


def test_what_python_is_compiling_is_no_part_of_a_program() -> None:
    """Two commands that begin at once after an update write such files for a moment: one looked for those of the other, and could not run."""
    compiled = Path(page.__file__).parent / "__pycache__"
    compiled.mkdir(exist_ok=True)
    passing = compiled / "passing.cpython-312.pyc.140139"
    passing.symlink_to("gone")
    try:
        assert not any(passing.name in mark for mark in program_marks.__wrapped__("render"))
    finally:
        passing.unlink()


def test_a_remark_in_the_settings_makes_no_other_ones_of_them() -> None:
    """On which line the archive is named is no reason to read its records again."""
    plain, remarked = "archive: incidents\n", "# a remark\narchive: incidents\n"
    marks = {settings_mark(settings_from(text.encode(), "afterword.yml")) for text in (plain, remarked)}
    assert len(marks) == 1
