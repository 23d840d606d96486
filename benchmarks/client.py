"""Client of Streamlit's protocol without a browser.

So hundreds of visitors can be played at once.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LONGEST_WAIT_S = 60.0
_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_PASSED_OVER = (ForwardMsg.FINISHED_EARLY_FOR_RERUN,)


class VisitError(RuntimeError):
    """The server answered with an error or too late."""


@dataclass
class Visitor:
    """A session that opens the page and changes a filter.

    It does so as often as asked.
    """

    port: int
    widget: str = ""  # id of the pills "type", or of the checkbox
    fragment: str = ""
    values: list[str] = field(default_factory=list)
    hashes: dict[str, None] = field(default_factory=dict)
    listed_at: float | None = None  # moment (perf_counter) at which the list of services came
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        """Connect."""
        self._socket = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(f"http://127.0.0.1:{self.port}"),
            max_size=None,
            compression=None,
            open_timeout=LONGEST_WAIT_S,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the page."""
        if self._socket:
            await self._socket.close()

    async def open_page(self) -> float:
        """Open the page and return the seconds until complete."""
        return await self._send_message(BackMsg(), "")

    async def change_filter(self, chosen: list[str]) -> float:
        """Choose pills and return the seconds until complete.

        None of them: all services.
        """
        state = WidgetState(id=self.widget)
        if self.values:
            state.string_array_value.data.extend(chosen)
        else:
            state.bool_value = bool(chosen)
        message = BackMsg()
        message.rerun_script.widget_states.widgets.append(state)
        return await self._send_message(message, self.fragment)

    async def _send_message(self, message: BackMsg, fragment: str) -> float:
        if self._socket is None:
            raise VisitError("not connected")
        message.rerun_script.fragment_id = fragment
        message.rerun_script.cached_message_hashes.extend(self.hashes)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                await self._socket.send(message.SerializeToString())
                while not self._is_complete(await self._socket.recv()):
                    pass
        except TimeoutError as error:
            raise VisitError(f"no answer within {LONGEST_WAIT_S:.0f} s") from error
        return time.perf_counter() - started

    def _is_complete(self, raw: str | bytes) -> bool:
        """Take in one message; whether it ends the run."""
        if isinstance(raw, str):
            return False
        message = ForwardMsg.FromString(raw)
        if message.metadata.cacheable and message.hash:
            self.hashes[message.hash] = None
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._note_widget(message)
        elif kind == "script_finished" and message.script_finished not in _PASSED_OVER:
            if message.script_finished not in _FINISHED:
                raise VisitError(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
            return True
        return False

    def _note_widget(self, message: ForwardMsg) -> None:
        """Remember the widget that filters by type; an exception on the page is an error."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise VisitError(f"{element.exception.type}: {element.exception.message}")
        if kind == "bidi_component" and self.listed_at is None and "list" in element.bidi_component.component_name:
            self.listed_at = time.perf_counter()
        if kind == "button_group" and element.button_group.id.endswith("-type"):
            self.widget, self.fragment = element.button_group.id, message.delta.fragment_id
            self.values = [option.content for option in element.button_group.options]
        elif kind == "checkbox" and element.checkbox.id.endswith("-type"):
            self.widget, self.fragment = element.checkbox.id, message.delta.fragment_id
