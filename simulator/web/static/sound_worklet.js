// Microphone and speaker in one processor, so that both count on one clock: each quantum takes in what is
// heard and gives out what is said. It runs on the browser's sound thread, which a hidden tab does not slow.

const PACKET_S = 0.02; // of what is heard, in one message
const LEAD_S = 0.06; // waits before it is played; more where that proves too little
const MOST_LEAD_S = 0.25;
const SLACK_S = 0.05; // beyond the lead, silence is left out
const FADE_S = 0.015; // of a line that is cut
const KEPT_S = 60; // of what waits; a line is never so long

class Sound extends AudioWorkletProcessor {
  constructor() {
    super();
    this.packet = this.fresh();
    this.filled = 0;
    this.heard = 0; // samples, since this began
    this.muted = false;
    this.queue = []; // of {first, sound, count, taken}; silence has no sound
    this.waiting = 0; // samples in it
    this.place = 0; // of the next sample to play
    this.played = 0; // what it was when the packet began
    this.lead = LEAD_S * sampleRate;
    this.playing = false;
    this.tail = null; // of a line that was cut
    this.port.onmessage = ({ data }) => this.take(data);
  }

  fresh() {
    return new Int16Array(Math.ceil((PACKET_S * sampleRate) / 128) * 128);
  }

  take(data) {
    if ("mute" in data) this.muted = data.mute;
    else if ("cut" in data) this.cut(data.cut);
    else if (data.first >= this.place && this.waiting < KEPT_S * sampleRate) {
      this.queue.push({ ...data, taken: 0 });
      this.waiting += data.count;
    }
  }

  cut(place) {
    const tail = new Float32Array(Math.round(FADE_S * sampleRate));
    if (this.playing) {
      const length = Math.min(tail.length, this.waiting);
      this.pull(tail.subarray(0, length));
      for (let i = 0; i < length; i++) tail[i] *= 0.5 + 0.5 * Math.cos((Math.PI * (i + 1)) / length);
      this.tail = { sound: tail, taken: 0 };
    }
    this.queue = this.queue.filter(({ first }) => first >= place);
    this.waiting = this.queue.reduce((sum, { count, taken }) => sum + count - taken, 0);
    this.place = Math.max(this.place, place);
    this.playing = false;
  }

  process([input], [output]) {
    this.hear(input[0], output[0].length);
    if (this.tail) this.fade(output[0]);
    else this.play(output[0]);
    return true;
  }

  hear(samples, length) {
    if (!this.filled) this.played = this.place;
    for (let i = 0; i < length; i++) {
      const value = samples && !this.muted ? Math.max(-1, Math.min(1, samples[i])) : 0;
      this.packet[this.filled++] = Math.round(value * 32767);
    }
    this.heard += length;
    if (this.filled < this.packet.length) return;
    const { packet, played } = this;
    this.port.postMessage({ first: this.heard - packet.length, played, sound: packet.buffer }, [packet.buffer]);
    this.packet = this.fresh();
    this.filled = 0;
  }

  fade(out) {
    const part = this.tail.sound.subarray(this.tail.taken, this.tail.taken + out.length);
    out.set(part);
    this.tail.taken += out.length;
    if (this.tail.taken >= this.tail.sound.length) this.tail = null;
  }

  play(out) {
    this.skip();
    if (!this.playing && this.waiting < this.lead) return;
    const rising = !this.playing;
    this.playing = true;
    const got = this.pull(out);
    if (rising) for (let i = 0; i < out.length; i++) out[i] *= i / out.length;
    if (got < out.length || this.waiting < out.length) this.dry(out);
  }

  // The next quantum would break off: fade, and wait for more than before.
  dry(out) {
    if (out.some((value) => value !== 0)) this.lead = Math.min(this.lead * 1.5, MOST_LEAD_S * sampleRate);
    for (let i = 0; i < out.length; i++) out[i] *= 1 - (i + 1) / out.length;
    this.playing = false;
  }

  // What waits longer than it must is shortened where it is silent.
  skip() {
    const most = this.lead + SLACK_S * sampleRate;
    while (this.waiting > most && this.queue.length && !this.queue[0].sound) this.drop();
  }

  drop() {
    const { first, count, taken } = this.queue.shift();
    this.waiting -= count - taken;
    this.place = first + count;
  }

  pull(out) {
    let got = 0;
    while (got < out.length && this.queue.length) {
      const head = this.queue[0];
      const many = Math.min(out.length - got, head.count - head.taken);
      if (head.sound) for (let i = 0; i < many; i++) out[got + i] = head.sound[head.taken + i] / 32768;
      head.taken += many;
      got += many;
      this.waiting -= many;
      this.place = head.first + head.taken;
      if (head.taken === head.count) this.queue.shift();
    }
    return got;
  }
}

registerProcessor("vivavoce-sound", Sound);
