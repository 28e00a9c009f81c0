// The keys of the room. They are for nobody who is in a field, and letters can be switched off: whoever
// speaks to a program that types what it hears would press them all.

const LETTERS = { p: "pause", m: "mute", c: "captions", t: "type" };

export function keysOf(letters, open, kept, does) {
  letters.checked = kept.chosen("letters") ?? true;
  letters.addEventListener("change", () => kept.choose("letters", letters.checked));

  document.addEventListener("keydown", (event) => {
    const { target, key, repeat } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || repeat || !open()) return;
    if (target.closest("input, textarea, select, dialog") || document.querySelector("dialog[open]")) return;
    const pressing = key === " " || key === "Enter";
    if (pressing && target.closest("button, a, summary")) return;
    const letter = letters.checked ? LETTERS[key.toLowerCase()] : undefined;
    const what = pressing ? "key" : key === "?" && letters.checked ? "help" : letter;
    if (!what) return;
    event.preventDefault();
    if (!document.querySelector(`#controls [data-do=${what}]`).disabled) does[what]();
  });
}
