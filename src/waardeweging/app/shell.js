// Loaded before Streamlit's own scripts, by every page.

// Where the server is, so that Streamlit need not try the folder of every page first.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", document.currentScript.src).href };

// The language stands in the address; the document's own language follows it (WCAG 3.1.1).
(() => {
  const root = document.documentElement;
  const follow = () => {
    const given = new URLSearchParams(location.search).get("lang") ?? "";
    root.lang = /^[a-z]{2}$/.test(given) ? given : root.dataset.lang;
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      follow();
    };
  }
  addEventListener("popstate", follow);
})();
