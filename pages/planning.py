"""Planning: where the next initiative goes, and which municipalities join forces."""

from ui import frame, planning_tabs

with frame.draw_frame("planning"):
    planning_tabs.draw_tabs()
