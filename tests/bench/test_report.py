import json
from pathlib import Path

import pytest

from bench import report
from bench.report import Table, percentile, ratios, spread


def table() -> Table:
    return Table("Speed", ["what", "events/s"], [["one", spread([3.0, 1.0, 2.0])]], "A note.")


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100)])
def test_a_percentile_is_the_smallest_that_so_many_do_not_exceed(
    percent: int, expected: int
) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_a_percentile_of_few_is_one_of_them() -> None:
    assert (percentile([7.0], 99), percentile([1.0, 2.0], 50)) == (7.0, 1.0)


def test_a_figure_shows_its_median_and_its_spread() -> None:
    assert str(spread([1_000.0, 3_000.0, 2_000.0])) == "2,000 (1,000-3,000)"
    assert str(spread([1.25], 2)) == "1.25"
    assert str(spread([1.0, 3.0], 1, brief=True)) == "2.0"


def test_the_table_is_markdown_under_its_title() -> None:
    assert table().markdown().splitlines() == [
        "**Speed**",
        "",
        "| what | events/s |",
        "| --- | --- |",
        "| one | 2 (1-3) |",
        "",
        "A note.",
    ]


def test_what_is_written_has_every_run_beside_the_table(tmp_path: Path) -> None:
    path = report.write(tmp_path / "new", {"Commit": "abc"}, [table()])
    assert path.read_text().startswith("- Commit: abc\n\n**Speed**\n")
    told = json.loads(path.with_suffix(".json").read_text())
    assert told["machine"] == {"Commit": "abc"}
    expected = {"median": 2.0, "min": 1.0, "max": 3.0, "runs": [3.0, 1.0, 2.0]}
    assert told["tables"][0]["rows"] == [{"what": "one", "events/s": expected}]


def test_each_of_ours_is_shown_in_multiples_of_the_others() -> None:
    found = ratios({"ours": 1_000.0}, {"naive": 10.0, "limit": 4_000.0})
    assert found.columns == ["ours", "a second", "naive, 10", "limit, 4,000"]
    assert found.rows == [["ours", "1,000", "100", "0.250"]]


def test_the_readme_keeps_what_stands_around_the_report() -> None:
    text = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    once = report.into(text, "new\n")
    assert once == f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
    assert report.into(once, "new\n") == once


def test_a_readme_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the lines"):
        report.into("no marks", "new")


def test_our_readme_has_the_marks() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    assert report.into(readme, "new") != readme
