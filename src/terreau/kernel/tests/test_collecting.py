"""The collector of cycles comes back, whatever happens."""

import gc

import pytest

from terreau.kernel.collecting import uncollected


def test_cycles_are_looked_for_again_after_the_outermost_block_and_after_an_error() -> None:
    seen = [gc.isenabled()]

    with uncollected():
        with uncollected():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())
    seen.append(gc.isenabled())
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")

    assert [*seen, gc.isenabled()] == [True, False, False, True, True]


def test_a_process_that_runs_without_the_collector_stays_without_it() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        is_on = gc.isenabled()
    finally:
        gc.enable()

    assert is_on is False
