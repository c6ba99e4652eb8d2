// The language stands in the address; the document's own language follows it (WCAG 3.1.1).
(() => {
  const root = document.documentElement;
  const byDefault = root.lang;
  const follow = () => {
    const given = new URLSearchParams(location.search).get("lang");
    root.lang = /^[a-z]{2}$/.test(given ?? "") ? given : root.dataset.lang ?? byDefault;
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
