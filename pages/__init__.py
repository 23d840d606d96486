"""One thin script per screen beside home; ignored by Streamlit, seen by linters."""
