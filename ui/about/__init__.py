"""The page that tells how everything is counted, and what is not known. It draws no numbers of its own."""
