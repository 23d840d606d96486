"""Planning: where the next initiative goes, and which municipalities join forces."""

from ui import frame, planning_tabs

with frame.page("planning"):
    planning_tabs.page()
