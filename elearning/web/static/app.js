/* Comfort only: every page works without this file. */
(() => {
  "use strict";
  const GIVE_UP_AFTER_MS = 1500;
  let left = false;

  /* Quick exit: nothing readable is left on screen before anything travels. The server ends the
     session first, so that Back finds nothing; then this page's place in the history is taken over. */
  const leave = (form) => {
    left = true;
    document.documentElement.hidden = true;
    document.title = "\u00a0";
    const target = form.dataset.leaveTo;
    if (!target || !window.fetch) {
      form.submit();
      return;
    }
    const go = () => location.replace(target);
    const timer = setTimeout(go, GIVE_UP_AFTER_MS);
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin",
      redirect: "manual",
      keepalive: true,
    }).then(go, () => { clearTimeout(timer); form.submit(); });
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-exit]")) {
      event.preventDefault();
      leave(event.target);
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && left) location.reload();
  });

  /* After a form was sent, go on reading where the answer is. */
  const place = document.getElementById("foutoverzicht")
    || (location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))));
  if (place && place.matches("[tabindex]")) place.focus();

  /* The code of a link that works once stands behind "#", which no browser sends: from there it goes
     into the form, out of the address, and along to the page in the other language. */
  const code = document.querySelector("form[data-code] #code");
  if (code) {
    if (location.hash.length > 30) {
      code.value = location.hash.slice(1);
      history.replaceState(null, "", location.pathname + location.search);
    }
    code.closest(".field").hidden = code.value && !code.closest(".wrong");
    for (const link of document.querySelectorAll("a[hreflang]")) link.hash = code.value;
  }

  /* The account menu closes like a menu: with Escape, or by turning to something else. */
  const menu = document.querySelector("details.account");
  if (menu) {
    const close = () => { menu.open = false; };
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) close(); });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) { close(); menu.querySelector("summary").focus(); }
    });
  }
})();
