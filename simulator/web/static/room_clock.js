// The clock on the wall: set by the server, counted on in between, still while nothing runs.

const STILL = ["waiting", "paused", "over"];

export class Clock {
  constructor(element) {
    this.element = element;
    this.at = 0;
    this.since = null; // when it was set, by this machine; null while it stands
    setInterval(() => this.show(), 250);
  }

  set(at, state) {
    this.at = at ?? this.now();
    this.since = STILL.includes(state) ? null : performance.now();
    this.show();
  }

  hold() {
    this.at = this.now();
    this.since = null;
  }

  now() {
    return this.at + (this.since === null ? 0 : (performance.now() - this.since) / 1000);
  }

  show() {
    const whole = Math.max(0, Math.floor(this.now()));
    const text = [Math.floor(whole / 60), whole % 60].map((one) => String(one).padStart(2, "0")).join(":");
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
