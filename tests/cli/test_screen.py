"""Progress on stderr, and who hears an interrupt meanwhile."""

from __future__ import annotations

import io
import signal
import threading

import pytest

from caresim.cli.screen import answer_table, is_terminal, progress


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


class Window(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "is_there"), [(80, True), (16, False)])
def test_a_column_that_can_be_spared_is_left_out_of_a_window_too_narrow_for_it(
    monkeypatch: pytest.MonkeyPatch, columns: int, is_there: bool
) -> None:
    window = Window()
    monkeypatch.setattr("sys.stdout", window)
    monkeypatch.setenv("COLUMNS", str(columns))
    answer_table(("what", "mean of many"), [("a", "1")], spared=1)
    assert "what" in window.getvalue()
    assert ("mean of many" in window.getvalue()) is is_there


def test_a_closed_stream_is_no_terminal() -> None:
    assert not is_terminal(None)
    assert is_terminal(Window())
