// A visitor's page: its token, the keyboard, and what happens when the connection ends.

// The token comes after the address's # and is kept only for this tab and this port, unlike a cookie.
const tab = window.sessionStorage;
if (location.hash) {
  tab.token = location.hash.slice(1);
  history.replaceState(null, "", "/");
}
tab.session ??= crypto.randomUUID();

const RETRY_MILLISECONDS = 1000;
const FIRST_PAINT = 10; // bytes: the driver's modes before it are shorter
const CODES = { 1000: "left", 1001: "ended", 4001: "stopped", 4002: "moved" };

function show(name) {
  document.body.dataset.shows = name;
}

function focus() {
  const isAsked = document.body.dataset.shows === "gone"; // typed text must not reach covered screens
  document.querySelector(isAsked ? "#go-on" : "#terminal textarea")?.focus();
}

async function comeBack() {
  try {
    await fetch("/", { method: "HEAD" });
    location.reload();
  } catch {
    setTimeout(comeBack, RETRY_MILLISECONDS);
  }
}

function closed(opened, code) {
  const ends = CODES[code];
  if (ends && ends !== "moved") delete tab.session;
  if (!opened) show("refused");
  else if (ends) show(ends);
  else {
    show("lost");
    comeBack();
  }
}

window.WebSocket = class extends WebSocket {
  constructor(url) {
    super(`${url}&token=${tab.token ?? ""}&session=${tab.session}`);
    let opened = false;
    let painted = false;
    this.addEventListener("close", (event) => closed(opened, event.code));
    this.addEventListener("message", ({ data }) => {
      if (typeof data === "string") {
        const [type, what] = JSON.parse(data);
        if (type !== "session") return;
        opened = true;
        if (what === "new" && tab.started === tab.session) show("gone");
        tab.started = tab.session;
      } else if (!painted && data.byteLength > FIRST_PAINT) {
        painted = true;
        setTimeout(focus);
      }
    });
  }
};

window.addEventListener("focus", focus);
document.addEventListener("click", (event) => {
  const goesOn = event.target.id === "go-on";
  if (goesOn) show("");
  if (goesOn || !event.target.closest(".over")) focus();
});
