"""Start the app: ``python app.py`` or ``streamlit run app.py``."""

import streamlit as st

from waardeweging.app.launch import SCRIPT, lifespan, middleware, routes, run

app = st.App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)

if __name__ == "__main__":
    run(app)
