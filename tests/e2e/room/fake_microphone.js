// A microphone that clicks at intervals which are all different, and what the page has seen since it was opened.
(() => {
  const INTERVALS = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
  const seen = [];
  window.seen = seen;
  window.microphone = { mode: "clicks", asked: [], streams: [] };

  const clicks = (context) => {
    const rate = context.sampleRate;
    const whole = context.createBuffer(1, Math.round(INTERVALS.reduce((a, b) => a + b) * rate), rate);
    const data = whole.getChannelData(0);
    for (let i = 0; i < data.length; i++) data[i] = (Math.random() - 0.5) * 2e-3;
    let at = 0;
    for (const interval of INTERVALS) {
      data.fill(0.9, Math.round(at * rate), Math.round(at * rate) + 16);
      at += interval;
    }
    const source = context.createBufferSource();
    Object.assign(source, { buffer: whole, loop: true });
    return source;
  };

  const opened = async (constraints) => {
    microphone.asked.push(constraints);
    if (microphone.refuses) throw new DOMException(microphone.why ?? "", microphone.refuses);
    const context = new AudioContext();
    const to = new MediaStreamAudioDestinationNode(context, { channelCount: microphone.channels ?? 1 });
    if (microphone.mode !== "zeros") {
      const source = clicks(context);
      source.connect(to);
      source.start();
    }
    await context.resume();
    const [track] = to.stream.getAudioTracks();
    microphone.streams.push(to.stream);
    microphone.end = () => {
      track.stop();
      track.onended?.();
    };
    return to.stream;
  };
  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = opened;

  // The network that the test made, in place of the direct way.
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(address) {
      const port = Number(localStorage.getItem("port"));
      super(port ? Object.assign(new URL(address), { port }).href : address);
      window.socket = this;
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") seen.push(JSON.parse(data));
      });
    }
  };
  const contexts = [];
  const Context = window.AudioContext;
  window.contexts = contexts;
  window.AudioContext = class extends Context {
    constructor(options) {
      super(options);
      if (options) contexts.push(this); // the room's
    }
  };
})();
