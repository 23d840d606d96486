"""Home: a parent finds parenting support near a place, for children of some age."""

from ui import frame, home

with frame.page("home"):
    home.page()
