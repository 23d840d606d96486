"""The coverage wing: controls, map, table, profile and downloads of one report.

It draws a report and puts it into words. Measuring is `geo.coverage`; files but for the PDF are `geo.coverage.files`.
"""
