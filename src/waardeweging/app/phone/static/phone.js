// What a phone does on top of plain forms: sliders, saving as one goes, waiting. All of it may be absent.
"use strict";

document.documentElement.classList.add("js");

const DELAY = 300;
const LONGEST_WAIT = 15000;

document.addEventListener("DOMContentLoaded", () => {
  enterByFragment();
  // A card that is scanned while its room is open already changes nothing but the fragment.
  addEventListener("hashchange", enterByFragment);
  document.querySelectorAll("[data-points]").forEach(dial);
  document.querySelectorAll("form[data-autosave], form[data-once]").forEach(keep);
  document.querySelectorAll("[data-left]").forEach(countDown);
  stayWhenOffline();
  watch();
});

// The code on a card stands behind the # of its address: a browser never sends that to the server.
function enterByFragment() {
  const form = document.querySelector("form[data-enter]");
  if (!form || location.hash.length < 2) return;
  form.querySelector("#code").value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  form.querySelector("[data-found]").hidden = false;
  form.querySelector("button.main").focus();
}

function whole(text) {
  const tidy = text.trim().replace(",", ".");
  const number = /^\d{1,3}(\.0+)?$/.test(tidy) ? Number(tidy) : NaN;
  return number <= 100 ? number : null;
}

function dial(block) {
  const field = block.querySelector("input.amount");
  const slider = block.querySelector("input[type=range]");
  const show = () => {
    const number = whole(field.value);
    slider.toggleAttribute("data-unset", number === null);
    if (number !== null) slider.value = number;
  };
  const set = (number) => {
    field.value = String(Math.min(100, Math.max(0, number)));
    field.removeAttribute("aria-invalid");
    show();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  field.addEventListener("input", show);
  slider.addEventListener("input", (event) => {
    event.stopPropagation();
    set(Number(slider.value));
  });
  for (const button of block.querySelectorAll("button.round")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      set((whole(field.value) ?? 0) + Number(button.value.split(":")[1]));
    });
  }
  show();
}

function sum(form) {
  const line = form.querySelector("[data-left-of]");
  if (!line) return;
  const given = [...form.querySelectorAll("input.amount")].map((field) => whole(field.value) ?? 0);
  const left = Number(line.dataset.leftOf) - given.reduce((a, b) => a + b, 0);
  const form_of = left === 0 ? "done" : left === 1 ? "one" : left > 0 ? "some" : "over";
  const said = line.dataset[form_of].replace("{x}", String(Math.abs(left)));
  // A screen reader hears the line when it changes, not on every key.
  if (line.textContent !== said) line.textContent = said;
}

// Saves 300 ms after the last move; what could not be sent stays on this device and is tried again.
function keep(form) {
  const address = form.dataset.autosave;
  const line = form.querySelector("[data-status]");
  const store = `ww:${address ?? form.getAttribute("action")}`;
  let timer = 0;
  let wait = 1000;
  let busy = false;
  let sent = body();
  // The button that was pressed, as long as the form has not arrived.
  let pressed = null;

  function body(button) {
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    return new URLSearchParams(data).toString();
  }

  function tell(kind) {
    if (!line || line.dataset.kind === kind) return;
    line.dataset.kind = kind;
    line.textContent = line.dataset[kind] ?? "";
  }

  function later(time) {
    clearTimeout(timer);
    timer = setTimeout(() => (pressed ? send() : save()), time);
  }

  async function save() {
    const now = body();
    if (!address || busy || pressed || now === sent) return;
    busy = true;
    try {
      const answer = await post(address, now);
      if (answer.ok) {
        sent = now;
        wait = 1000;
        // 202: a field holds half a number, which only this device remembers.
        if (answer.status !== 202) {
          forget();
          tell("saved");
        } else {
          tell("half");
        }
      } else if (answer.status === 401) {
        return location.reload();
      } else if (answer.status === 429 || answer.status === 503) {
        throw new Error("busy");
      } else {
        tell("closed");
        sent = now;
      }
    } catch {
      remember(now);
      tell("offline");
      wait = Math.min(LONGEST_WAIT, wait * 2);
      busy = false;
      return later(wait);
    }
    busy = false;
    if (body() !== sent) later(DELAY);
  }

  function remember(text) {
    try {
      sessionStorage.setItem(store, text);
    } catch {
      // A full or forbidden store costs nothing but this safety net.
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(store);
    } catch {
      // As above.
    }
  }

  function recall() {
    let kept = null;
    try {
      kept = sessionStorage.getItem(store);
    } catch {
      return;
    }
    if (kept === null) return;
    for (const [name, value] of new URLSearchParams(kept)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value;
        else if (field.type !== "hidden" && field.tagName !== "BUTTON") field.value = value;
      }
    }
    form.querySelectorAll("input.amount").forEach((field) => field.dispatchEvent(new Event("input")));
    sum(form);
    if (address) later(0);
  }

  form.addEventListener("input", () => {
    sum(form);
    if (!address) return;
    remember(body());
    if (pressed) return;
    tell("saving");
    later(DELAY);
  });

  // Handing in goes by the same door as a plain form, but a lost connection loses nothing.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (pressed) return;
    pressed = { button: event.submitter };
    event.submitter?.setAttribute("aria-disabled", "true");
    wait = 500;
    later(0);
  });

  async function send() {
    if (busy) return later(100);
    busy = true;
    try {
      const answer = await post(form.action, body(pressed.button));
      if (answer.status === 429 || answer.status === 503) throw new Error("busy");
      forget();
      const type = answer.headers.get("content-type") ?? "";
      if (!type.startsWith("application/json")) return replay(pressed.button);
      return location.assign((await answer.json()).to);
    } catch {
      remember(body());
      tell("offline");
      wait = Math.min(LONGEST_WAIT, wait * 2);
      busy = false;
      later(wait);
    }
  }

  // Anything but a way on is a page with words: let the browser show it.
  function replay(button) {
    if (button?.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && address && body() !== sent) {
      navigator.sendBeacon?.(address, new URLSearchParams(body()));
    } else {
      later(0);
    }
  });
  sum(form);
  recall();
}

// Without a connection a link leads to the browser's own error page; better to stay and say so.
function stayWhenOffline() {
  document.addEventListener("click", (event) => {
    const line = document.querySelector("[data-status]");
    if (navigator.onLine || !line || !event.target.closest("a[href]")) return;
    event.preventDefault();
    line.dataset.kind = "offline";
    line.textContent = line.dataset.offline;
  });
  for (const form of document.querySelectorAll('form[action$="/leave"], form[action$="/erase"]')) {
    form.addEventListener("submit", () => sessionStorage.clear());
  }
}

function post(address, text) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    body: text,
    cache: "no-store",
    signal: AbortSignal.timeout?.(10000),
  });
}

function countDown(line) {
  const end = performance.now() + 1000 * Number(line.dataset.left);
  const show = () => {
    const minutes = Math.ceil((end - performance.now()) / 60000);
    // Of a round that lasts for days the page says until which day.
    if (minutes > 1440) return;
    if (minutes <= 0) line.textContent = line.dataset.over;
    else if (minutes === 1) line.textContent = line.dataset.minute;
    else line.textContent = line.dataset.minutes.replace("{x}", String(minutes));
  };
  show();
  setInterval(show, 5000);
}

// A page that waits looks now and then whether something happened in the hall.
function watch() {
  const { watch: address, seen, every, then } = document.body.dataset;
  if (!address) return;
  const pause = Number(every);
  let timer = 0;
  const look = async () => {
    clearTimeout(timer);
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout?.(8000) });
      if (answer.ok && (await answer.json()).seen !== seen) return location.assign(then);
    } catch {
      // No connection: look again in a while.
    }
    // Phones do not all knock at the same moment.
    clearTimeout(timer);
    timer = setTimeout(look, pause * (0.8 + 0.4 * Math.random()));
  };
  timer = setTimeout(look, pause);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}
