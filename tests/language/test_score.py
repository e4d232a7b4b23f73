"""The measurement of the rules of language against labelled documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.language import ANY, Mark, main, score


def test_score_counts_lines_near_each_other() -> None:
    """A finding within a line of its label is right; one of another category is right for all together alone."""
    labels = [
        Mark("c", "a.md", 10, "fault"),
        Mark("c", "a.md", 20, "hindsight"),
        Mark("c", "b.md", 5, "fault"),
    ]
    found = [Mark("c", "a.md", 11, "fault"), Mark("c", "a.md", 20, "fault"), Mark("c", "b.md", 7, "fault")]
    scores = {each.category: each for each in score(labels, found)}
    fault, hindsight, together = scores["fault"], scores["hindsight"], scores[ANY]
    assert (fault.labels, fault.found, fault.right, fault.met) == (2, 3, 1, 1)
    assert (hindsight.labels, hindsight.found, hindsight.recall, hindsight.precision) == (1, 0, 0, 0)
    assert (together.right, together.met) == (2, 2)


def test_documents_are_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All documents of the labelled collections are judged; false alarms, those on near misses among them, and misses are told."""
    (tmp_path / "one" / "deep").mkdir(parents=True)
    (tmp_path / "one" / "a.md").write_text("# A\n\nWe failed to verify it.\n\nIt was our fault.\n", "utf-8")
    (tmp_path / "one" / "deep" / "b").write_text("Obviously, it was late.\n", "utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "c.md").write_text("We forgot it.\n", "utf-8")
    head = "collection\tfile\tline\tcategory\tcue\n"
    (tmp_path / "labels.tsv").write_text(
        f"{head}one\ta.md\t3\thuman-error\tfailed\none\ta.md\t1\tshould-have\tA\n", "utf-8"
    )
    (tmp_path / "near.tsv").write_text(f"{head}one\ta.md\t5\tfault\tfault\n", "utf-8")
    main([str(tmp_path / "labels.tsv"), str(tmp_path), "--near", str(tmp_path / "near.tsv"), "--show"])
    out = capsys.readouterr().out
    assert "any                    2       3       1       0.33     0.50" in out
    assert "false alarms 2, of them on labelled near misses 1" in out
    assert "false alarm: one/deep/b:1 [hindsight]" in out
    assert "missed: one/a.md:1 [should-have]" in out
    assert "other" not in out
