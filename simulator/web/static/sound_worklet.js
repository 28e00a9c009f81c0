// Microphone and speaker in one processor, so that both count on one clock: each quantum takes in what is
// heard and gives out what is said. It runs on the browser's sound thread, which a hidden tab does not slow.
//
// What is said waits for its turn, since the network is uneven. A gap in it makes the wait longer by as much as
// was lacking; what lay unused for a while is taken out again, where it is silent.

const PACKET_S = 0.02; // of what is heard, in one message
const LEAD_S = 0.06; // waits before it is played; more where that proves too little
const MOST_LEAD_S = 0.4;
const AWAY_S = 1; // of lacking: no jitter, but a connection that was gone
const MARGIN_S = 0.05; // is not needed, and stays: blocks of 32 ms shift against packets of 21 within minutes
const MORE_S = 0.02; // than was lacking, from then on
const MUCH_S = 0.5; // unused for a second: left out at once
const CALM = 5; // seconds in which what is unused shows
const FADE_S = 0.015; // of a line that is cut
const LOST_S = 1; // at most: a longer gap was not lost on the way
const KEPT_S = 60; // of what waits; a line is never so long

class Sound extends AudioWorkletProcessor {
  constructor() {
    super();
    this.packet = this.fresh();
    this.filled = 0;
    this.power = 0; // of what is in it, muted or not
    this.heard = 0; // samples, since this began
    this.muted = false;
    this.queue = []; // of {first, sound, count, taken}; silence has no sound
    this.waiting = 0; // samples in it
    this.end = 0; // place that follows it
    this.place = 0; // of the next sample to play
    this.played = 0; // what it was when the packet began
    this.lead = LEAD_S * sampleRate;
    this.playing = false;
    this.dried = -1; // when there was nothing to play any more
    this.tail = null; // of a line that was cut
    this.calm();
    this.port.onmessage = ({ data }) => this.take(data);
  }

  fresh() {
    return new Int16Array(Math.ceil((PACKET_S * sampleRate) / 128) * 128);
  }

  calm() {
    this.lows = []; // the least that waited in each of the latest seconds
    this.low = Infinity;
    this.since = this.heard;
    this.unused = 0; // samples to leave out in silence
  }

  take(data) {
    if ("mute" in data) this.muted = data.mute;
    else if ("cut" in data) this.cut(data.cut);
    else if (data.first >= this.end && this.waiting < KEPT_S * sampleRate) this.append(data);
  }

  append({ first, count, sound }) {
    const lost = this.end ? first - this.end : 0;
    if (lost && lost < LOST_S * sampleRate) this.append({ first: this.end, count: lost, sound: null });
    this.queue.push({ first, count, sound, taken: 0 });
    this.waiting += count;
    this.end = first + count;
    if (this.dried < 0) return;
    const lacked = this.heard - this.dried;
    const longer = this.lead + lacked + MORE_S * sampleRate;
    if (lacked < AWAY_S * sampleRate) this.lead = Math.min(longer, MOST_LEAD_S * sampleRate);
    this.dried = -1;
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
    this.end = Math.max(this.end, place);
    this.playing = false;
    this.calm();
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
      const value = samples ? Math.max(-1, Math.min(1, samples[i])) : 0;
      this.power += value * value;
      this.packet[this.filled++] = this.muted ? 0 : Math.round(value * 32767);
    }
    this.heard += length;
    if (this.filled < this.packet.length) return;
    const { packet, played, power } = this;
    const first = this.heard - packet.length;
    this.port.postMessage({ first, played, power: power / packet.length, sound: packet.buffer }, [packet.buffer]);
    this.packet = this.fresh();
    this.filled = this.power = 0;
  }

  fade(out) {
    const part = this.tail.sound.subarray(this.tail.taken, this.tail.taken + out.length);
    out.set(part);
    this.tail.taken += out.length;
    if (this.tail.taken >= this.tail.sound.length) this.tail = null;
  }

  play(out) {
    if (!this.playing && this.waiting < this.lead) return;
    this.leaveOut();
    const rising = !this.playing;
    if (rising) this.calm();
    this.playing = true;
    const got = this.pull(out);
    if (rising) for (let i = 0; i < out.length; i++) out[i] *= i / out.length;
    if (got < out.length || this.waiting < out.length) this.dry(out);
    else this.look();
  }

  // The next quantum would break off: fade, and wait for more than before.
  dry(out) {
    for (let i = 0; i < out.length; i++) out[i] *= 1 - (i + 1) / out.length;
    this.playing = false;
    this.dried = this.heard;
  }

  // Once a second: how much of what waits was never needed?
  look() {
    this.low = Math.min(this.low, this.waiting);
    if (this.heard - this.since < sampleRate) return;
    this.lows.push(this.low);
    const much = this.low - MUCH_S * sampleRate;
    const least = this.lows.length < CALM ? 0 : Math.min(...this.lows) - MARGIN_S * sampleRate;
    if (least > 0 && !this.unused) this.lead = Math.max(this.lead - least, LEAD_S * sampleRate);
    if (least > 0 || much > 0) {
      this.calm();
      this.unused = Math.max(least, much);
    }
    if (this.lows.length >= CALM) this.lows.shift();
    this.low = Infinity;
    this.since = this.heard;
  }

  leaveOut() {
    while (this.unused > 0 && this.queue.length && !this.queue[0].sound) {
      const head = this.queue[0];
      const many = Math.min(Math.floor(this.unused), head.count - head.taken);
      if (!many) return;
      this.unused -= many;
      this.spend(head, many);
    }
  }

  spend(head, many) {
    head.taken += many;
    this.waiting -= many;
    this.place = head.first + head.taken;
    if (head.taken === head.count) this.queue.shift();
  }

  pull(out) {
    let got = 0;
    while (got < out.length && this.queue.length) {
      const head = this.queue[0];
      const many = Math.min(out.length - got, head.count - head.taken);
      if (head.sound) for (let i = 0; i < many; i++) out[got + i] = head.sound[head.taken + i] / 32768;
      got += many;
      this.spend(head, many);
    }
    return got;
  }
}

registerProcessor("vivavoce-sound", Sound);
