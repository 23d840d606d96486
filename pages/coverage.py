"""Coverage: co-ordinators see which municipalities and children are not reached."""

from ui import frame
from ui.coverage import page

with frame.draw_frame("coverage"):
    page.draw()
