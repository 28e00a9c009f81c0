// A candidate for a room's page: what getUserMedia gives is what `candidate.say` plays, and what the page
// plays is listened to. Times are performance.now().
(() => {
  const SOUNDS = 0.003; // rms of a block; the room's own noise is below
  const connect = AudioNode.prototype.connect;
  let [context, air, source] = [null, null, null];
  window.candidate = { onsets: [], messages: [] };

  navigator.mediaDevices.getUserMedia = async () => {
    if (!context) {
      context = new AudioContext();
      air = context.createMediaStreamDestination();
      const noise = context.createBuffer(1, 2 * context.sampleRate, context.sampleRate);
      noise.getChannelData(0).forEach((_, at, data) => { data[at] = (Math.random() - 0.5) * 2e-3; });
      const hum = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
      connect.call(hum, air);
      hum.start();
    }
    await context.resume();
    return air.stream.clone();
  };

  // Say a WAV file, given in base64; return when its sound begins.
  candidate.say = async (file) => {
    const bytes = Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
    source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes.buffer) });
    connect.call(source, air);
    candidate.speaking = true;
    source.onended = () => { candidate.speaking = false; };
    source.start(context.currentTime + 0.05);
    return performance.now() + 50;
  };
  candidate.stop = () => source.stop();

  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && target.context !== context) listen(this);
    return connect.call(this, target, ...rest);
  };
  const listen = (node) => {
    const tap = node.context.createScriptProcessor(256, 1, 1);
    tap.onaudioprocess = ({ inputBuffer }) => {
      const sound = inputBuffer.getChannelData(0);
      const loud = Math.sqrt(sound.reduce((sum, one) => sum + one * one, 0) / sound.length) > SOUNDS;
      if (loud && performance.now() - candidate.lastLoud > 250) candidate.onsets.push(performance.now());
      if (loud) candidate.lastLoud = performance.now();
    };
    connect.call(node, tap);
    connect.call(tap, node.context.destination);
  };
  candidate.lastLoud = -1000;

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") candidate.messages.push(JSON.parse(data));
      });
    }
  };
})();
