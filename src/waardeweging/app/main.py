"""The script that Streamlit runs for every visitor."""

from waardeweging.app.navigation import show

show()
