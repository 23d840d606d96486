"""How a program takes Ctrl-C, which it inherits from whoever starts it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def taking_ctrl_c(by: Callable | int = signal.default_int_handler) -> Iterator[None]:
    """Take Ctrl-C as at a terminal, or as told; where tests run under nohup it is ignored."""
    before = signal.signal(signal.SIGINT, by)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
