"""About: what the words and numbers mean, where they come from, and what is not known."""

from ui import about, frame

with frame.page("about"):
    about.page()
