"""Ask and show: Streamlit pages, the web server around them, and nothing that computes."""
