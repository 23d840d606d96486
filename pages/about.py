"""About: what the words and numbers mean, where they come from, and what is not known."""

from ui import frame
from ui.about import page

with frame.draw_frame("about"):
    page.draw()
