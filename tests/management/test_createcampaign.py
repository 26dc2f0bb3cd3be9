import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dashboard.runtime import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def wall_url(**options: Any) -> str:
    told = StringIO()
    window = {"start": "2012-11-11T00:00:00+08:00", "end": "2012-11-12T00:00:00+08:00"}
    call_command("createcampaign", "festival", name="Festival", stdout=told, **window, **options)
    return str(json.loads(told.getvalue())["wall_url"])


def test_the_wall_is_where_the_board_of_the_data_folder_is(data_dir: Path) -> None:
    address.note(data_dir, "http://127.0.0.1:18800")
    assert wall_url() == "http://127.0.0.1:18800/wall/festival/"


def test_before_the_first_board_the_wall_is_where_boards_usually_are() -> None:
    assert wall_url() == "http://127.0.0.1:8000/wall/festival/"


def test_another_address_can_be_named(data_dir: Path) -> None:
    address.note(data_dir, "http://127.0.0.1:18800")
    assert wall_url(base_url="https://a.example/") == "https://a.example/wall/festival/"
