"""Progress on stderr, and who hears an interrupt meanwhile."""

from __future__ import annotations

import signal
import threading

import pytest

from caresim.cli.screen import progress


def test_an_interrupt_is_heard_during_progress_and_afterwards_by_whom_it_was_heard_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with progress("A run", quiet=True):
        assert signal.getsignal(signal.SIGINT) is not before
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_that_is_swallowed_is_raised_at_the_next_word_of_progress() -> None:
    with progress("A run", quiet=True) as tell:
        tell(0, 1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            tell(1, 1)


def test_progress_in_another_thread_leaves_interrupts_alone() -> None:
    before, heard = signal.getsignal(signal.SIGINT), []

    def run() -> None:
        with progress("A run", quiet=True) as tell:
            tell(1, 1)
            heard.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert heard == [before]
