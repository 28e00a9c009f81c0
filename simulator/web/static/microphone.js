// The microphone: asked for, chosen, replaced when it goes away. Its sound comes as it is: echo is cancelled
// where the browser can, and nothing else is done to it, because pauses and loudness are measured.

const SAID = {
  insecure: "A browser gives a microphone only to https or to this machine. Open the page at 127.0.0.1, or over https.",
  denied: "The browser may not use the microphone. Allow it beside the address, then try again.",
  dismissed: "The question about the microphone was closed. Try again, and allow it.",
  "no-microphone": "No microphone is connected. Connect one, then try again.",
  "in-use": "Another program has the microphone. Close that, then try again.",
  zeros: "Nothing comes from this microphone, not even noise. Is it muted? You can choose another.",
  suspended: "The browser has stopped the sound. Press the button to go on.",
  interrupted: "A call or another program has taken the sound. Press the button when it is over.",
  revoked: "The microphone went away. Connect it, or choose another.",
  "no-worklet": "This browser cannot carry the sound of an interview. Use a newer one.",
};

export class Trouble extends Error {
  constructor(kind) {
    super(SAID[kind]);
    this.told = { kind, text: SAID[kind] };
  }
}

export class Microphone {
  #tell;
  #replaced;
  #stream = null;
  #source = null;
  #target = null;

  /** Hand a trouble to `tell`; say to `replaced` which other microphone is heard when the one before has gone. */
  constructor(tell, replaced) {
    [this.#tell, this.#replaced] = [tell, replaced];
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#changed(() => {}));
  }

  /** Open the microphone `id`, or the browser's choice; another one that was open is closed. */
  async open(id = "") {
    if (!navigator.mediaDevices?.getUserMedia) throw new Trouble("insecure");
    const audio = {
      echoCancellation: "all", // where that is not known it means true
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 1,
      ...(id && { deviceId: { exact: id } }),
    };
    const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error) => {
      throw new Trouble(kind(error));
    });
    this.close();
    this.#stream = stream;
    stream.getAudioTracks()[0].onended = () => this.#ended();
  }

  /** Have it heard by `node`. */
  into(context, node) {
    this.#source?.disconnect();
    this.#target = { context, node };
    this.#source = context.createMediaStreamSource(this.#stream);
    this.#source.connect(node);
  }

  /** Return what the browser really does to the sound. */
  settings() {
    return this.#stream?.getAudioTracks()[0].getSettings() ?? {};
  }

  async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all
      .filter(({ kind }) => kind === "audioinput")
      .map(({ deviceId, label }, index) => ({ id: deviceId, label: label || `Microphone ${index + 1}` }));
  }

  close() {
    for (const track of this.#stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.#stream = null;
  }

  #ended() {
    this.#changed(({ kind }) => this.#tell(new Trouble(kind === "denied" ? kind : "revoked").told));
  }

  // A headset went or came: when what was heard is gone, the browser's next choice is taken.
  async #changed(failed) {
    if (!this.#target || this.#stream?.getAudioTracks()[0].readyState !== "ended") return;
    try {
      await this.open();
      this.into(this.#target.context, this.#target.node);
      const { label } = this.#stream.getAudioTracks()[0];
      this.#replaced(`The microphone went away; this one is heard now: ${label || "the browser's choice"}.`);
    } catch (error) {
      failed(error.told ?? {});
    }
  }
}

function kind({ name, message }) {
  if (name === "NotAllowedError") return /dismiss/i.test(message) ? "dismissed" : "denied";
  if (name === "NotReadableError" || name === "AbortError") return "in-use";
  return "no-microphone";
}
