"""The sizes and languages of the acceptance list, as parameters of a test."""

import pytest

from tests.browser.states import LANGUAGES, SIZES

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
both_languages = pytest.mark.parametrize("lang", LANGUAGES)
