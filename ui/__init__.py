"""Everything that draws, remembers or caches: the pages of the app, one wing for each job.

Numbers come from `geo`, words that several wings say from `words`. Nothing is computed here that the command line could
not tell as well.
"""
