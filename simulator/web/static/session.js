// Plays the recording and lights the word that is being said. Every [data-at] takes the sound to its time.

const sound = document.getElementById("sound");
if (sound) start();
const note = document.getElementById("note");
if (note) bound();

// Says so when a paste is longer than the notes may be: the browser cuts it without a word.
function bound() {
  const told = document.getElementById("cut");
  note.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text").replace(/\r\n/g, "\n").length;
    const kept = note.value.length - (note.selectionEnd - note.selectionStart);
    told.hidden = kept + pasted <= note.maxLength;
  });
}

function start() {
  const play = document.getElementById("play");
  const place = document.getElementById("place");
  const shown = document.getElementById("clock");
  const speed = document.getElementById("speed");
  const words = [...document.querySelectorAll(".word")].map((element) => ({
    element,
    start: Number(element.dataset.at),
    end: Number(element.dataset.end),
  }));
  words.sort((one, other) => one.start - other.start);
  const findings = [...document.querySelectorAll(".finding")].map((element) => Number(element.dataset.at));
  findings.sort((one, other) => one - other);
  const cursor = cursorOf(document.querySelector(".chart"));
  let lit = null;

  // A pause that comes before the sound began takes the wish to play back, and is no error.
  const begin = () =>
    sound.play().catch((error) => {
      if (error.name !== "AbortError") throw error;
    });

  function go(at, andPlay = true) {
    sound.currentTime = at;
    show();
    if (andPlay) begin();
  }

  function show() {
    const now = sound.currentTime;
    place.value = now;
    shown.textContent = clock(now);
    cursor(now);
    const word = wordAt(words, now);
    if (word !== lit) {
      lit?.element.classList.remove("lit");
      word?.element.classList.add("lit");
      lit = word;
    }
  }

  function follow() {
    show();
    if (!sound.paused) requestAnimationFrame(follow);
  }

  play.addEventListener("click", () => (sound.paused ? begin() : sound.pause()));
  place.addEventListener("input", () => go(Number(place.value), false));
  speed.addEventListener("change", () => (sound.playbackRate = Number(speed.value)));
  for (const choice of document.querySelectorAll("[name=side]")) choice.addEventListener("change", sides(sound));
  sound.addEventListener("play", () => {
    play.textContent = "Pause";
    follow();
  });
  sound.addEventListener("pause", () => {
    play.textContent = "Play";
    show();
  });
  sound.addEventListener("seeked", show);

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-at]");
    if (at) go(Number(at.dataset.at));
    if (at && !at.classList.contains("word")) lit?.element.scrollIntoView({ block: "center" });
    const chart = event.target.closest(".chart svg");
    if (chart) go(timeAt(chart, event.clientX));
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=range]), textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const steps = [...speed.options].map((option) => option.value);
    const keys = {
      " ": () => play.click(),
      ArrowLeft: () => go(Math.max(0, sound.currentTime - 5), !sound.paused),
      ArrowRight: () => go(Math.min(sound.duration || Infinity, sound.currentTime + 5), !sound.paused),
      n: () => go(findings.find((at) => at > sound.currentTime + 0.1) ?? sound.currentTime),
      p: () => go(findings.findLast((at) => at < sound.currentTime - 1) ?? 0),
      "<": () => faster(-1),
      ">": () => faster(1),
    };
    function faster(by) {
      speed.selectedIndex = Math.max(0, Math.min(steps.length - 1, speed.selectedIndex + by));
      sound.playbackRate = Number(speed.value);
    }
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  const wanted = /^#t([\d.]+)$/.exec(location.hash);
  if (wanted) {
    document.getElementById("said").open = true;
    go(Number(wanted[1]), false);
  }
  else show();
}

// The word that is being said at a time, in a list sorted by start; null between words.
function wordAt(words, now) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start <= now) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1];
  return word && now < word.end ? word : null;
}

// The time at a place on the chart.
function timeAt(svg, clientX) {
  const box = svg.getBoundingClientRect();
  const share = (clientX - box.left) / box.width;
  return Math.max(0, Math.min(1, share)) * Number(svg.closest(".chart").dataset.length);
}

// Returns what moves a line across the chart.
function cursorOf(chart) {
  const svg = chart?.querySelector("svg");
  if (!svg) return () => {};
  const { length } = chart.dataset;
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("class", "cursor");
  line.setAttribute("y1", "0");
  line.setAttribute("y2", "100%");
  svg.append(line);
  return (now) => {
    const x = `${100 * Math.min(1, now / Math.max(0.1, Number(length)))}%`;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  };
}

// Returns a listener that lets one side of the recording through, on both ears: left is the candidate.
function sides(sound) {
  return (event) => {
    sides.graph ??= graph(sound);
    const { you, interviewer } = sides.graph;
    you.gain.value = event.target.value === "interviewer" ? 0 : 1;
    interviewer.gain.value = event.target.value === "you" ? 0 : 1;
  };
}

function graph(sound) {
  const context = new AudioContext();
  const split = context.createChannelSplitter(2);
  const [you, interviewer] = [context.createGain(), context.createGain()];
  context.createMediaElementSource(sound).connect(split);
  split.connect(you, 0);
  split.connect(interviewer, 1);
  you.connect(context.destination);
  interviewer.connect(context.destination);
  context.resume();
  return { you, interviewer };
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
