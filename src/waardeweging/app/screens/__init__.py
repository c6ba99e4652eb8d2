"""One module per page; `page()` reads like the screen.

The folder is not called ``pages``: Streamlit would take every file in it for a page.
"""
