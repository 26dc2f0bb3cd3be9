"""Ten thousand steps of the real path against a model of thirty lines; a seed repeats a failure."""

import random

import hypothesis
import pytest
import redis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.pipeline.machine import Festival

EXAMPLES, STEPS = 240, 50
CI = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    report_multiple_bugs=False,
    database=None,  # the seed is all that a failure depends on
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db(transaction=True)
def test_whatever_happens_the_figures_are_the_models(
    client: redis.Redis, request: pytest.FixtureRequest
) -> None:
    given = request.config.getoption("--hypothesis-seed")
    seed = random.SystemRandom().randrange(2**32) if given is None else int(given)

    class Here(Festival):
        def __init__(self) -> None:
            super().__init__(client)

    before = Festival.steps
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(Here), settings=CI)
    except BaseException as error:
        error.add_note(f"again: python -m pytest {request.node.nodeid} --hypothesis-seed={seed}")
        raise
    assert Festival.steps - before >= 10_000
