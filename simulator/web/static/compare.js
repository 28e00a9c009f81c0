// Plays either take from a sentence on; the other one falls silent.

const takes = Object.fromEntries([...document.querySelectorAll("audio[data-take]")].map((one) => [one.dataset.take, one]));

document.addEventListener("click", (event) => {
  const at = event.target.closest("[data-at]");
  if (!at) return;
  for (const one of Object.values(takes)) one.pause();
  const sound = takes[at.dataset.take];
  const again = sound.dataset.from === at.dataset.at && !sound.ended;
  if (again) delete sound.dataset.from;
  else {
    sound.dataset.from = at.dataset.at;
    sound.currentTime = Number(at.dataset.at);
    sound.play().catch((error) => {
      if (error.name !== "AbortError") throw error; // paused before it began
    });
  }
});
