"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for folder in ("dashboard", "gmvboard")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
STORE = ROOT / "dashboard" / "store"
# The longest file we accept; architecture's aim is 50 to 200 lines.
LONGEST = 300


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in the project's folder."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_calls_only_go_down() -> None:
    # In a process of its own: it sets up logging anew, and trips over Twisted's lazy modules.
    done = run("-c", "from importlinter.cli import lint_imports_command as lint; lint()")
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_stay_short() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in CODE}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        p for p in CODE if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert silent == []


def test_only_the_store_touches_sql_and_redis() -> None:
    touching = re.compile(r"\.objects\b|\bfrom redis\b|redis\.Redis\.from_url|connection\.cursor")
    strays = [
        str(p.relative_to(ROOT))
        for p in CODE
        if p.is_relative_to(ROOT / "dashboard")
        and not p.is_relative_to(ROOT / "dashboard" / "store")
        and touching.search(p.read_text())
    ]
    assert strays == []


def test_sql_is_written_by_the_orm_alone_s31() -> None:
    by_hand = re.compile(r"objects\.raw\(|\.extra\(|RawSQL|cursor\.execute")
    strays = {p.name for p in CODE if by_hand.search(p.read_text())}
    # alive.py asks the database whether it answers: SELECT 1; durable.py how it is set. The append
    # of a batch has three statements of its own, constants with parameters, where the ORM's cost
    # more than the commit.
    assert strays == {"alive.py", "appending.py", "durable.py"}
    constant = re.findall(r"cursor\.execute\w*\((\w+)", (STORE / "appending.py").read_text())
    assert set(constant) == {"_ADVANCE", "_HEAD", "_INSERT"}


SECURITY = [*range(1, 10), *range(11, 20), 22, *range(24, 38)]


@pytest.mark.parametrize("number", SECURITY)
def test_every_security_requirement_has_a_test_that_names_it(number: int) -> None:
    named = re.compile(rf"\bdef test_\w*_s{number}\b|\"\"\"[^\"]*\bS{number}\b")
    assert any(named.search(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py"))


# The faults of the matrix, but that of sessions (F51).
FAULTS = range(1, 51)


@pytest.mark.parametrize("number", FAULTS)
def test_every_fault_of_the_matrix_has_a_test_that_names_it(number: int) -> None:
    named = re.compile(rf"\bdef test_\w*_f{number}(?:_\w+)?\(|\"\"\"[^\"]*\bF{number}\b")
    assert any(named.search(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("number", range(1, 18))
def test_every_point_of_the_acceptance_list_has_a_test_that_names_it(number: int) -> None:
    """The list is in tests/browser/long/__init__.py."""
    named = re.compile(rf"\bdef test_(?:\d+_and_)*{number}_\w+\(")
    tests = (ROOT / "tests" / "browser" / "long").rglob("test_*.py")
    assert any(named.search(path.read_text()) for path in tests)


def test_no_float_is_in_the_money_path() -> None:
    """S/H17: division and `float` stay out of the files that money goes through."""
    path = (
        "core/turnover.py",
        "core/keys.py",
        "core/orders.py",
        "core/rates.py",
        "accept/exchange.py",
        "store/tallies.py",
        "store/ledger.py",
    )
    for name in path:
        tree = ast.parse((ROOT / "dashboard" / name).read_text())
        for node in ast.walk(tree):
            assert not isinstance(node, ast.Div), f"{name}: division"
            assert not (isinstance(node, ast.Name) and node.id == "float"), f"{name}: float"


def test_migrations_are_up_to_date() -> None:
    done = run("manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("lock", ["requirements.lock", "dev.lock"])
def test_locks_are_hashed_and_name_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pinned = re.findall(r"^[a-z0-9-]+(?:\[[a-z]+\])?==", text, re.MULTILINE)
    assert text.count("--hash=sha256:") > len(pinned) > 20
    assert "://" not in text


def test_the_versions_with_known_holes_are_not_ours() -> None:
    """S33: CVE-2026-44545 wants daphne 4.2.2, CVE-2026-33034 and -5766 Django 5.2.14."""
    pinned = dict(
        re.findall(r"^([a-z0-9-]+)==([0-9.]+)", (ROOT / "requirements.lock").read_text(), re.M)
    )

    def version(name: str) -> tuple[int, ...]:
        return tuple(map(int, pinned[name].split(".")))

    assert version("django") >= (5, 2, 14)
    assert version("daphne") >= (4, 2, 2)
