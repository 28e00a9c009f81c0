// A new interview: papers are handed in as soon as they are chosen, and what was chosen stands beside the button.

const form = document.getElementById("interview");
const chosen = document.getElementById("chosen");
const cast = document.getElementById("cast");
const LARGEST = 5 * 1024 * 1024; // bytes, as the server takes them

function show() {
  const round = form.querySelector("[name=round]:checked");
  const who = form.querySelector("[name=persona]:checked");
  if (!round || !who) return;
  const name = (one) => one.closest("label").querySelector("b").textContent;
  const people = round.dataset.people;
  cast.hidden = !people;
  cast.textContent = people ? `This one brings its own interviewers: ${people}.` : "";
  const minutes = form.minutes.value.trim() || round.dataset.minutes;
  chosen.textContent = `${name(round)} with ${people || name(who)}, ${minutes} minutes`;
}

form.addEventListener("input", show);
show();

for (const paper of document.querySelectorAll(".paper")) {
  const file = paper.querySelector("[type=file]");
  const key = paper.querySelector("[type=hidden]");
  const told = paper.querySelector(".told");
  const own = paper.querySelector("[type=checkbox]");
  const way = form.querySelector(".way-in button");
  paper.querySelector(".file").hidden = false;

  const say = (text, wrong = false) => {
    told.textContent = text;
    told.classList.toggle("gap", wrong);
  };
  if (key.value) say("The file that you chose is still here.");

  file.addEventListener("change", async () => {
    const [one] = file.files;
    key.value = "";
    if (!one) return say("");
    if (one.size > LARGEST) return say("It is larger than 5 MB: save it smaller, or paste its text.", true);
    say("Reading it…");
    way.disabled = true;
    try {
      const asked = new URLSearchParams({ what: paper.dataset.what, name: one.name });
      const answer = await fetch(`${form.action}/paper?${asked}`, { method: "POST", body: one });
      const { key: kept, said, why } = await answer.json();
      if (file.files[0] !== one) return; // another one was chosen meanwhile
      key.value = kept ?? "";
      say(said ?? why, !kept);
      if (kept && own) own.checked = false;
    } catch {
      say("It could not be handed in. Is the program still running?", true);
    } finally {
      way.disabled = false;
    }
  });
}
