"""Whatever the admin of the board says, it says in Simplified Chinese too."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import dashboard
from tests.admin.test_quarantine import act, decider, held

CATALOG = Path(dashboard.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po"


def compiled() -> gettext.GNUTranslations:
    with CATALOG.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def said() -> Iterator[str]:
    """Every text of the admin that is to be translated."""
    for path in (CATALOG.parents[3] / "admin").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "gettext_lazy"}:
                yield str(ast.literal_eval(call.args[0]))


def test_every_text_of_the_admin_has_its_chinese() -> None:
    chinese = compiled()
    assert [text for text in said() if chinese.gettext(text) == text] == []


def test_what_is_compiled_is_what_is_written() -> None:
    chinese = compiled()
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', CATALOG.read_text(), re.MULTILINE)
    assert {text for text, _ in written} == set(said())
    assert [text for text, own in written if chinese.gettext(text) != own] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("surroundings")
def test_staff_who_read_chinese_are_told_in_chinese() -> None:
    held({"amount": 10**11})
    client: Client = decider()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
    assert "已放行 1 条" in act(client, "release")
