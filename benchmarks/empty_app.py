"""A minimal Streamlit page: a checkbox and a rerun counter."""

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.checkbox("Filter", key="type")
st.markdown(f"Runs: {st.session_state['runs']}")
