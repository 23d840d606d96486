"""The printed report of coverage; its words and numbers are those of the screen."""
