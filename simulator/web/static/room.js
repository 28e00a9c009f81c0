// The room: what is seen and pressed while an interview runs. What is heard, and all of the transport, is link.js's.
//
// All that is shown follows from `room`, which the server's messages and the user's keys change: see draw().

import { Link } from "./link.js";
import { Clock } from "./room_clock.js";
import { keysOf } from "./room_keys.js";
import { Pad, Typing } from "./room_writing.js";
import { CHECKED, FLOOR, HINTS, KEY, TROUBLE, WAITING } from "./room_words.js";

const { base, key, talk } = document.body.dataset;
const LOUD = 0.45; // of a level in [0, 1]: somebody speaks
const SPEAKS_AFTER = 5; // levels in a row, about half a second, until somebody muted is told
const READ_FOR = 4000; // milliseconds until the review opens, so that the last line can be read
const NOTICED_FOR = 12000; // milliseconds that a line about the program stays

const room = {
  view: "before",
  welcomed: "", // the view that the user was in when all was well
  who: document.body.dataset.who,
  floor: "waiting",
  muted: false,
  typing: false,
  captions: chosen("captions") ?? "captions" in document.body.dataset,
  padded: "pad" in document.body.dataset,
  connection: "open",
  trouble: null,
  refused: null,
  zeros: null,
  check: { step: "", text: "", guard: "" },
  notices: [],
  shouting: 0,
  ended: null,
};
const get = (id) => document.getElementById(id);
const link = new Link(new URL(talk, location.href.replace(/^http/, "ws")).href);
const clock = new Clock(get("clock"));
const pad = room.padded ? new Pad(get("text-pad"), `pad ${key}`, (text) => link.pad(text)) : null;
const typing = new Typing(get("typing"), get("answer"), (text) => {
  link.type(text);
  type(false);
});

// What the user does.

async function start(takeover = false) {
  Object.assign(room, { view: "asking", trouble: null, refused: null });
  draw();
  try {
    await link.start({ takeover });
    if (room.view === "asking" && room.welcomed) room.view = room.welcomed; // only the sound had stopped
    draw();
  } catch (error) {
    if (room.view !== "asking") return; // a message has said why
    Object.assign(room, { view: "trouble", trouble: { kind: "other", text: error.message } });
    draw();
  }
}

function type(wanted = !room.typing) {
  room.typing = wanted;
  link.mute(room.muted || wanted);
  link.typing(wanted);
  draw();
  if (wanted) get("answer").focus();
  else rest();
}

function mute() {
  room.muted = !room.muted;
  room.shouting = 0;
  link.mute(room.muted || room.typing);
  draw();
}

function begin() {
  room.view = "talk";
  link.begin();
  draw();
}

const DO = {
  start: () => start(),
  takeover: () => start(true),
  skip: () => {
    link.check("skip");
    begin();
  },
  again: () => link.check("start"),
  begin,
  key: () => link.key(),
  pause: () => (room.floor === "paused" ? link.goOn() : link.pause()),
  mute,
  captions: () => {
    room.captions = choose("captions", !room.captions);
    draw();
  },
  type: () => type(),
  help: () => get("help").showModal(),
  leave: () => get("leave").showModal(),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (event.detail) button.blur(); // a mouse was here: the next Space is not for this button
  DO[button.dataset.do]();
});
keysOf(get("letters"), () => room.view === "talk", { chosen, choose }, DO);
get("leave").addEventListener("close", () => {
  if (get("leave").returnValue === "end") link.end();
  get("leave").returnValue = "";
});
get("devices").addEventListener("submit", (event) => {
  event.preventDefault();
  link.choose(get("device").value);
  room.zeros = null;
  draw();
});

// What the server and the devices say.

const HEAR = {
  welcome({ who, state, at, captions, pad: padded, written = "", under_way: underWay, line, caption }) {
    Object.assign(room, { who, floor: state, connection: "open", trouble: null, refused: null });
    if (chosen("captions") === null) room.captions = Boolean(captions);
    room.padded = Boolean(padded) && pad !== null;
    clock.set(at, state);
    if (room.view === "over") return;
    const begins = !underWay;
    if (line) HEAR.line({ text: line, at });
    if (caption) HEAR.caption({ text: caption });
    if (begins && room.view === "check") return; // reconnected in the middle of it
    room.view = begins ? "check" : "talk";
    if (begins) link.check("start");
    link.mute(room.muted || room.typing);
    if (room.typing) link.typing(true);
    if (room.padded) pad.agree(written);
  },
  state({ state, who, at }) {
    Object.assign(room, { floor: state, who: who || room.who });
    if (state !== "waiting" && room.view === "check") room.view = "talk";
    clock.set(at, state);
  },
  line({ text, at }) {
    get("line").textContent = text;
    get("caption").textContent = "";
    clock.set(at, room.floor);
  },
  caption({ text }) {
    get("caption").textContent = text;
  },
  check(said) {
    room.check = { guard: "", ...said };
  },
  // Several may stand at once; what is newer about the same takes the place of the older.
  notice({ text, about = text }) {
    const one = { text, about };
    room.notices = [...room.notices.filter((other) => other.about !== about), one];
    setTimeout(() => {
      room.notices = room.notices.filter((other) => other !== one);
      draw();
    }, NOTICED_FOR);
  },
  refused(said) {
    Object.assign(room, { view: "refused", welcomed: "", refused: said });
  },
  ended(said) {
    Object.assign(room, { view: "over", ended: said, floor: "over" });
    clock.set(null, "over");
    pad?.forget();
    if (said.to) setTimeout(() => location.assign(base + said.to), READ_FOR);
  },
  level({ level }) {
    get("level").style.transform = `scaleX(${Math.max(0, Math.min(1, level)).toFixed(2)})`;
    const before = room.shouting;
    room.shouting = room.muted && level > LOUD ? room.shouting + 1 : Math.max(0, room.shouting - 0.1);
    return before >= SPEAKS_AFTER === room.shouting >= SPEAKS_AFTER; // nothing else to be seen
  },
  connection({ state, text }) {
    const before = room.connection;
    room.connection = state === "back" ? "open" : state;
    if (state === "lost" || state === "closed") clock.hold();
    if (state === "back" && before !== "open") HEAR.notice({ text: text || "The connection is back." });
    room.said = text;
    if (state === "closed" && ["talk", "check", "asking"].includes(room.view))
      Object.assign(room, { view: "trouble", welcomed: "", trouble: { kind: "closed", text } });
  },
  sound() {
    room.zeros = null; // it comes again
  },
  trouble(said) {
    if (said.kind === "zeros") {
      room.zeros = said;
      devices();
    } else Object.assign(room, { view: "trouble", trouble: said });
  },
};
for (const [name, hear] of Object.entries(HEAR))
  link.addEventListener(name, ({ detail }) => {
    if (!hear(detail)) draw();
  });

async function devices() {
  const found = await link.devices();
  const names = found.map(({ id, label }, place) => new Option(label || `Microphone ${place + 1}`, id));
  get("device").replaceChildren(...names);
}

// What is seen.

let drawn = "";

function draw() {
  const { view, floor, who, trouble, refused, ended } = room;
  const talks = view === "talk";
  if (talks || view === "check") room.welcomed = view;
  const lost = room.connection === "lost";
  Object.assign(document.body.dataset, { view, floor: talks ? floor : "", lost: lost && talks ? "yes" : "" });
  for (const one of document.querySelectorAll("section[data-view]")) one.hidden = one.dataset.view !== view;
  for (const one of document.querySelectorAll(".who")) one.textContent = who;
  document.querySelector(".initial").textContent = who.slice(0, 1).toUpperCase();
  document.querySelector("footer").hidden = !talks && !(view === "check" && (room.zeros || lost));
  get("controls").hidden = !talks || room.typing;
  get("time").hidden = !talks && view !== "over";
  if (pad) get("pad").hidden = !(talks && room.padded);
  get("line").hidden = get("caption").hidden = !(talks && room.captions);
  document.querySelector(".you").hidden = !talks && view !== "check";
  get("muted").hidden = !room.muted && !room.typing;
  typing.show(talks && room.typing);
  drawTalk(lost);
  drawCheck();
  drawBanner(lost);
  if (trouble) drawTrouble(trouble);
  if (refused) {
    say("h-refused", refused.takeover ? "Another window has this room" : "This room is closed to this window");
    say("refused", refused.text);
    document.querySelector("[data-do=takeover]").hidden = !refused.takeover;
  }
  if (ended) {
    say("over", ended.text);
    get("review").href = base + (ended.to || "/");
    get("review").textContent = ended.to ? "To the review" : "Back to today";
  }
  if (drawn !== view) {
    drawn = view;
    rest();
  }
}

function drawTalk(lost) {
  const { floor, who } = room;
  const name = (text) => text.replaceAll("{who}", who);
  const silent = room.muted && (floor === "open" || floor === "answering");
  say("floor", name(lost ? WAITING : silent ? FLOOR.muted : (FLOOR[floor] ?? "")));
  say("hint", name(lost ? "" : silent ? HINTS.muted : (HINTS[floor] ?? "")));
  say("key", KEY[floor] ?? "I am done");
  say("pause", floor === "paused" ? "Go on" : "Pause");
  document.querySelector("[data-do=pause]").classList.toggle("first", floor === "paused");
  document.querySelector("[data-do=key]").hidden = floor === "paused";
  say("mute", room.muted ? "Unmute" : "Mute");
  document.querySelector("[data-do=captions]").setAttribute("aria-pressed", room.captions);
  document.querySelector("#controls [data-do=type]").setAttribute("aria-expanded", room.typing);
  document.querySelector("[data-do=key]").disabled = lost || !(floor in KEY);
  document.querySelector("[data-do=pause]").disabled = lost;
}

function drawCheck() {
  const { step, text, guard } = room.check;
  const steps = [...document.querySelectorAll("[data-step]")];
  const now = steps.findIndex((one) => one.dataset.step === step);
  for (const [place, one] of steps.entries()) {
    one.classList.toggle("done", step === "done" || place < now);
    if (place === now) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  }
  say("checked", [text, step === "done" ? (CHECKED[guard] ?? "").replaceAll("{who}", room.who) : ""].filter(Boolean).join(" "));
  const first = document.querySelector("[data-do=begin]");
  const appears = first.hidden && step === "done";
  first.hidden = document.querySelector("[data-do=again]").hidden = step !== "done";
  document.querySelector("[data-do=skip]").hidden = step === "done";
  if (appears) first.focus();
}

function drawBanner(lost) {
  const shouts = room.muted && room.shouting >= SPEAKS_AFTER;
  const text = lost
    ? room.said || "The connection is lost. Nothing is; it is tried again."
    : room.zeros?.text || (shouts ? "You are muted, so nobody hears you. Unmute to be heard." : room.notices.map(({ text }) => text).join("\n"));
  get("banner").hidden = !text;
  say("banner", text);
  get("devices").hidden = !room.zeros || lost;
}

function drawTrouble({ kind, text }) {
  const [heading, action] = TROUBLE[kind] ?? TROUBLE.other;
  const button = document.querySelector("section[data-view=trouble] [data-do=start]");
  say("h-trouble", heading);
  say("trouble", text);
  button.textContent = action || button.textContent;
  button.hidden = !action;
}

// A text that stays is not written again: whoever hears the page would hear it twice.
function say(id, text) {
  if (get(id).textContent !== text) get(id).textContent = text;
}

// Lead the keyboard to what is there now, if it was on what is gone.
function rest() {
  const view = document.querySelector("section[data-view]:not([hidden])");
  const to = view.querySelector(".doing .first:not([hidden])") ?? view.querySelector("h2");
  if (room.view !== "before") to.focus({ preventScroll: true });
}

function chosen(name) {
  try {
    const kept = localStorage.getItem(`room ${name}`);
    return kept === null ? null : kept === "yes";
  } catch {
    return null; // the browser keeps nothing
  }
}

function choose(name, value) {
  try {
    localStorage.setItem(`room ${name}`, value ? "yes" : "no");
  } catch {
    // then it is chosen for this page alone
  }
  return value;
}

draw();
document.querySelector('[data-view="before"] [data-do="start"]').disabled = false; // a click before now would be lost
