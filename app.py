"""Home: a parent finds parenting support near a place, for children of some age."""

from ui import frame
from ui.finder import page

with frame.draw_frame("home"):
    page.draw()
