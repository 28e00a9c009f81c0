// A Link without sound or server: a test says what happens (`link.say`), and sees what was called (`link.calls`).

export class Link extends EventTarget {
  calls = [];
  found = [
    { id: "one", label: "Built-in microphone" },
    { id: "two", label: "" },
  ];

  constructor(address) {
    super();
    this.address = address;
    window.link = this;
  }

  say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async start(how) {
    this.calls.push(["start", how]);
    if (this.fails) throw new Error(this.fails);
  }

  async devices() {
    return this.found;
  }
}

for (const name of ["key", "pause", "goOn", "mute", "type", "typing", "pad", "check", "begin", "end", "choose"])
  Link.prototype[name] = function (...given) {
    this.calls.push([name, ...given]);
  };
