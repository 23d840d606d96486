"""Coverage: co-ordinators see which municipalities and children are not reached."""

from ui import coverage, frame

with frame.page("coverage"):
    coverage.page()
