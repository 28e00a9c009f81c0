// The page's end of a room: microphone and speaker, and the socket to the program. It shows nothing; whoever
// uses it hears of everything by events. The names of messages are those of simulator/room.

import { Microphone, Trouble } from "./microphone.js";
import { heardPacket, spokenPacket } from "./packets.js";
import { throughPeer, needsPeer } from "./peer.js";

const KEPT_S = 10; // of sound, for a connection that comes back
const MOST_BUFFERED = 200_000; // bytes; beyond it the socket is behind, and sound waits here
const LEVELS = 5; // packets in a level
const ZEROS_S = 3;
const TRIES_MS = [250, 500, 1000, 2000, 4000];
const GIVEN_UP = 40; // tries
const WATCHED_MS = 1000;

export class Link extends EventTarget {
  #address;
  #page = crypto.randomUUID();
  #epoch = 0; // of what is counted: another number with each beginning, also of a page that was loaded again
  #context = null;
  #node = null;
  #microphone = new Microphone(
    (trouble) => this.#tell("trouble", trouble),
    (text) => this.#replaced(text),
  );
  #socket = null;
  #welcomed = false;
  #over = false;
  #tries = 0;
  #kept = []; // packets, oldest first: {first, end, message}
  #owed = []; // messages
  #sent = 0; // place up to which they went into the socket
  #lacking = 0; // place of the speaker's sound that comes next
  #muted = false;
  #levels = [];
  #zeros = 0;
  #clock = { at: -1, watch: 0, lost: false, halted: false, building: false };

  constructor(address) {
    super();
    this.#address = address;
  }

  /** Ask for the microphone, begin the sound, join the room; in a click. Again, after a trouble, it goes on. */
  async start({ takeover = false } = {}) {
    this.#over = false;
    this.#tries = 0;
    try {
      await this.#microphone.open();
      await this.#build();
    } catch (error) {
      const trouble = error instanceof Trouble ? error : new Trouble("no-worklet");
      this.#tell("trouble", trouble.told);
      throw trouble;
    }
    this.#clock.watch ||= setInterval(() => this.#watch(), WATCHED_MS);
    navigator.wakeLock?.request("screen").catch(() => {}); // a phone may refuse, and goes dark as always
    this.#join(takeover);
  }

  key() {
    this.#send({ type: "key" });
  }
  pause() {
    this.#send({ type: "pause" });
  }
  goOn() {
    this.#send({ type: "go_on" });
  }
  begin() {
    this.#send({ type: "begin" });
  }
  end() {
    this.#send({ type: "end" });
  }
  check(what) {
    this.#send({ type: "check", do: what });
  }
  typing(on) {
    this.#send({ type: "typing", on });
  }
  type(text) {
    this.#send({ type: "typed", text });
  }
  pad(text) {
    this.#send({ type: "pad", text });
  }
  mute(muted) {
    this.#muted = muted;
    this.#node?.port.postMessage({ mute: muted });
  }
  devices() {
    return this.#microphone.devices();
  }

  /** Hear another microphone from now on. */
  async choose(id) {
    try {
      await this.#microphone.open(id);
      this.#microphone.into(this.#context, this.#node);
      this.#zeros = 0;
      this.#join(); // so that the program knows what this one does to the sound
    } catch (error) {
      this.#tell("trouble", error.told);
    }
  }

  // Sound

  #replaced(text) {
    this.#join();
    this.#tell("notice", { text });
  }

  async #build() {
    const before = this.#context;
    const context = new AudioContext({ latencyHint: "interactive" }); // of whatever rate it has
    await context.audioWorklet.addModule(new URL("sound_worklet.js", import.meta.url));
    const node = new AudioWorkletNode(context, "vivavoce-sound", {
      channelCount: 1,
      channelCountMode: "explicit",
      outputChannelCount: [1],
    });
    node.port.onmessage = ({ data }) => node === this.#node && this.#heard(data);
    node.port.postMessage({ mute: this.#muted });
    context.onstatechange = () => this.#stateChanged();
    [this.#epoch] = crypto.getRandomValues(new Uint32Array(1));
    this.#kept = [];
    this.#sent = this.#lacking = 0;
    this.#welcomed = false; // what still comes for the sound before is none of this one's
    [this.#context, this.#node] = [context, node];
    Object.assign(this.#clock, { at: -1, halted: false });
    if (before) shut(before);
    this.#microphone.into(context, node);
    if (needsPeer()) await throughPeer(context, node);
    else node.connect(context.destination);
    context.resume().catch(() => {}); // it may wait for a click: #watch says so
  }

  #heard({ first, played, power, sound }) {
    const pcm = new Int16Array(sound);
    this.#kept.push({
      first,
      end: first + pcm.length,
      message: heardPacket(this.#epoch, first, played, pcm),
    });
    const oldest = first - KEPT_S * this.#context.sampleRate;
    while (this.#kept[0].end < oldest) this.#kept.shift();
    this.#flush();
    this.#measure(power, pcm.length);
  }

  #flush() {
    if (!this.#welcomed) return;
    for (const { first, end, message } of this.#kept) {
      if (first < this.#sent) continue;
      if (this.#socket.bufferedAmount > MOST_BUFFERED) return;
      this.#socket.send(message);
      this.#sent = end;
    }
  }

  #measure(power, count) {
    if (power && this.#zeros < 0) this.#tell("sound", {});
    this.#zeros = power ? 0 : this.#zeros + count;
    const rate = this.#context.sampleRate;
    if (this.#zeros >= ZEROS_S * rate) {
      this.#zeros = -60 * rate; // said once a minute
      this.#tell("trouble", new Trouble("zeros").told);
    }
    this.#levels.push(power);
    if (this.#levels.length < LEVELS) return;
    const dbfs = 10 * Math.log10(Math.max(...this.#levels, 1e-9));
    this.#levels = [];
    this.#tell("level", { level: Math.max(0, Math.min(1, (dbfs + 55) / 45)) });
  }

  #stateChanged() {
    if (this.#context.state !== "running") this.#context.resume().catch(() => {});
  }

  // Once a second: does the sound run? After a sleep some browsers say so, and its clock stands still.
  async #watch() {
    const context = this.#context;
    if (this.#over || !context || this.#clock.building) return;
    const [before, now, { state }] = [this.#clock.at, context.currentTime, context];
    this.#clock.at = now;
    const halted = state !== "running";
    if (halted && before === now && !this.#clock.halted) {
      this.#tell("trouble", new Trouble(state === "interrupted" ? state : "suspended").told);
    }
    if (!halted && before !== now && this.#clock.halted) this.#join(); // the welcome says that all is well
    if (before === now || !halted) this.#clock.halted = halted;
    if (halted || before !== now) return;
    this.#clock.building = true;
    await this.#build().catch(() => this.#tell("trouble", new Trouble("suspended").told));
    this.#clock.building = false;
    if (!this.#over) this.#join();
  }

  // The socket

  // Also in place of a connection that is there: the program then goes on with this one.
  #join(takeover = false) {
    const before = this.#socket;
    this.#welcomed = false;
    const socket = new WebSocket(this.#address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify(this.#hello(takeover)));
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      if (typeof data === "string") this.#told(JSON.parse(data));
      else this.#spoken(spokenPacket(data));
    };
    socket.onclose = () => this.#closed(socket);
    this.#socket = socket;
    before?.close();
  }

  #hello(takeover) {
    return {
      type: "hello",
      page: this.#page,
      epoch: this.#epoch,
      rate: this.#context.sampleRate,
      position: this.#lacking,
      settings: this.#microphone.settings(),
      takeover,
    };
  }

  #told(message) {
    const { type } = message;
    if (type === "welcome") {
      this.#welcomed = true;
      this.#tries = 0;
      if (message.heard !== undefined) this.#sent = message.heard; // a second welcome tells nothing new of it
      this.#clock.halted = false; // should the sound stand still, that is told anew
      this.#flush();
      for (const owed of this.#owed.splice(0)) this.#send(owed);
      this.#tell("connection", { state: this.#clock.lost ? "back" : "open", text: "" });
      this.#clock.lost = false;
    }
    if (type === "ended" || type === "refused") this.#leave();
    this.#tell(type, message);
  }

  #spoken({ cut, first, count, sound }) {
    if (!this.#welcomed) return;
    if (cut !== undefined) this.#node.port.postMessage({ cut });
    else if (first >= this.#lacking) {
      this.#lacking = first + count;
      this.#node.port.postMessage({ first, count, sound }, sound ? [sound.buffer] : []);
    }
  }

  #closed(socket) {
    if (socket !== this.#socket || this.#over) return;
    this.#welcomed = false;
    if (!this.#clock.lost) {
      this.#clock.lost = true;
      this.#tell("connection", { state: "lost", text: "The connection is gone. What you say meanwhile is kept for ten seconds." });
    }
    if (this.#tries >= GIVEN_UP) {
      this.#leave();
      this.#tell("connection", { state: "closed", text: "The program does not answer. What was said is in your library: start it again." });
      return;
    }
    const wait = TRIES_MS[Math.min(this.#tries, TRIES_MS.length - 1)];
    this.#tries += 1;
    setTimeout(() => this.#again(socket), wait);
  }

  async #again(socket) {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (this.#over || socket !== this.#socket) return;
    if (answer && !answer.ok) {
      this.#leave();
      this.#tell("connection", { state: "closed", text: "The program was started again. What was said is in your library: open the address that it printed." });
    } else {
      this.#join();
    }
  }

  #leave() {
    this.#over = true;
    this.#welcomed = false;
    clearInterval(this.#clock.watch);
    this.#clock.watch = 0;
    this.#microphone.close();
    if (this.#context) shut(this.#context);
    this.#context = this.#node = null;
    this.#socket?.close();
  }

  // What would be lost with the connection is sent when it is back.
  #send(message) {
    if (this.#welcomed) this.#socket.send(JSON.stringify(message));
    else if (message.type === "typed" || message.type === "end") this.#owed.push(message);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function shut(context) {
  context.onstatechange = null;
  context.close().catch(() => {});
}
