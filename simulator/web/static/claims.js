// Plays the second of a session in which something was said: [data-sound] is the recording, [data-at] the place.

const BEFORE = 0.5; // seconds that are heard of what came before
const AFTER = 2.5; // and from the figure on
const sound = new Audio();
let playing = null;
let until = 0;

function stop() {
  sound.pause();
  playing?.setAttribute("aria-pressed", "false");
  playing = null;
}

function hear(button) {
  const { sound: place, at } = button.dataset;
  if (sound.getAttribute("src") !== place) sound.src = place;
  sound.currentTime = Math.max(0, Number(at) - BEFORE); // kept until the recording is there
  until = Number(at) + AFTER;
  playing = button;
  button.setAttribute("aria-pressed", "true");
  sound.play().catch((error) => {
    if (error.name !== "AbortError") stop(); // it cannot be read, or another one was chosen
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-sound]");
  if (!button) return;
  const again = button === playing;
  stop();
  if (!again) hear(button);
});

sound.addEventListener("timeupdate", () => {
  if (playing && sound.currentTime >= until) stop();
});
sound.addEventListener("ended", stop);
