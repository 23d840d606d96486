"""The least a Streamlit page can do: one checkbox, and a text that counts its reruns."""

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.checkbox("Filter", key="type")
st.markdown(f"Runs: {st.session_state['runs']}")
