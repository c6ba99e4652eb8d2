import streamlit as st
from waardeweging.app.session import say
def page(view):
    st.title(say("page.sides.title"))
