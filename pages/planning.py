"""Planning: where the next initiative goes, and which municipalities join forces."""

from ui import frame, planning

with frame.page("planning"):
    planning.page()
