"""The coverage report on paper, as a PDF.

Only the layout stands here: the map's classes, the strips and all sentences are those of the screen.
"""
