"""Codes, numbers and values of the domain as words of the reader's language.

Plain text only: no screen, no HTML, and nothing is computed. What a code means stands beside the code in `geo`; here it
is translated, and put into sentences that several wings share. Sentences of one wing stand in that wing.
"""
