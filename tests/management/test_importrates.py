from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dashboard.store.tables import Rate
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def run(path: Path, text: str, slug: str = "festival") -> str:
    path /= "rates.csv"
    path.write_text(text)
    told = StringIO()
    call_command("importrates", slug, str(path), stdout=told)
    return told.getvalue()


def test_a_file_can_be_imported_again(tmp_path: Path) -> None:
    festival()
    text = "currency,from,rate\nUSD,2012-11-11,6.2384\nJPY,2012-11-11,0.0784\n"
    assert run(tmp_path, text).startswith("festival: 2 rates new, 0 corrected")
    told = run(tmp_path, text.replace("0.0784", "0.0785"))
    assert told.startswith("festival: 0 rates new, 1 corrected (for events accepted from now on)")
    assert told.endswith("1 known already\n")


def test_a_file_with_a_fault_changes_nothing(tmp_path: Path) -> None:
    festival()
    with pytest.raises(CommandError, match=r"rates.csv: line 2: rate: expected a decimal above 0"):
        run(tmp_path, "USD,2012-11-11,6.2384\nJPY,2012-11-11,x")
    assert not Rate.objects.exists()


def test_another_campaign_s_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="slug: no campaign 'nobody'"):
        run(tmp_path, "USD,2012-11-11,6", slug="nobody")
