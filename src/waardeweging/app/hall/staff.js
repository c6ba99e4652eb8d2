// The secret behind the # never reaches a server in an address: it goes into the form, once.
(() => {
  const field = document.getElementById("secret");
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!secret) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = secret;
  if (!document.querySelector(".fault")) field.form.requestSubmit();
})();
