// A room around candidate.js: its microphone also hears what the page plays. `echoing` says how loudly and how
// late, whether the microphone is dead, and what the browser says that it does to the sound.
(() => {
  window.echoing = { gain: 0, delay: 0.1, dead: false, settings: {}, ...window.echoing };
  const ask = navigator.mediaDevices.getUserMedia;
  const connect = AudioNode.prototype.connect;
  let [mixed, microphone] = [null, null];

  navigator.mediaDevices.getUserMedia = async (...given) => {
    const alone = await ask.apply(navigator.mediaDevices, given);
    mixed = new AudioContext();
    microphone = mixed.createMediaStreamDestination();
    if (!echoing.dead) connect.call(mixed.createMediaStreamSource(alone), microphone);
    await mixed.resume();
    const [track] = microphone.stream.getAudioTracks();
    track.getSettings = () => echoing.settings;
    return microphone.stream;
  };

  const hear = (stream) => {
    const delay = new DelayNode(mixed, { delayTime: echoing.delay, maxDelayTime: 1 });
    const gain = new GainNode(mixed, { gain: echoing.gain });
    connect.call(mixed.createMediaStreamSource(stream), delay);
    connect.call(delay, gain);
    connect.call(gain, microphone);
  };
  AudioNode.prototype.connect = function (target, ...rest) {
    if (this instanceof AudioWorkletNode && target.context === this.context && target instanceof AudioDestinationNode && echoing.gain) {
      const out = this.context.createMediaStreamDestination();
      connect.call(this, out);
      hear(out.stream);
    }
    return connect.call(this, target, ...rest);
  };

  // What a call's <audio> element plays is heard too.
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    window.peered = this.srcObject;
    if (echoing.gain) hear(this.srcObject);
    return play.call(this);
  };
})();
