"""The finder wing: search field, filters, cards and map of the services for one family.

It draws what `geo.finder` found, and searches nothing itself.
"""
