"""Who reads: a browser tells by a cookie which conversations are its own. It names nobody, and nobody guesses it."""

import re
import secrets

import streamlit as st

COOKIE = "caveat_reader"
YEAR = 31_536_000  # seconds
TOKEN = re.compile(r"[\w-]{22,64}")  # as secrets.token_urlsafe makes them


def reader() -> str:
    """This browser's token; made at its first visit."""
    told = str(st.context.cookies.get(COOKIE, ""))
    if TOKEN.fullmatch(told):
        return told
    return str(st.session_state.setdefault(COOKIE, secrets.token_urlsafe(16)))


def remember() -> None:
    """Lets the browser keep its token, so that a refresh finds its conversations."""
    if st.context.cookies.get(COOKIE) != reader():
        kept = f"{COOKIE}={reader()}; path=/; max-age={YEAR}; SameSite=Strict"
        st.html(f"<script>document.cookie = '{kept}'</script>", unsafe_allow_javascript=True)
