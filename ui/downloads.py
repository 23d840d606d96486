"""The buttons that give a report out as a file, and the command that gives the same numbers."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from geo.coverage_report import CoverageReport


def draw(report: CoverageReport, today: dt.date) -> None:
    """Draw the downloads of a report."""
    st.code(f"{report.request.command()} --on {today.isoformat()}", language=None, wrap_lines=True)
