// The real sound_worklet.js and packets.js in virtual time: see virtual_page.py.
async ([worklet, packets, rate, period]) => {
  const { heardPacket, spokenPacket } = await import(`data:text/javascript;base64,${btoa(packets)}`);
  const told = [];
  class AudioWorkletProcessor {
    port = { postMessage: (message) => told.push(message) };
  }
  let Sound;
  const globals = ["AudioWorkletProcessor", "registerProcessor", "sampleRate"];
  new Function(...globals, worklet)(AudioWorkletProcessor, (name, made) => { Sound = made; }, rate);
  const sound = new Sound();
  let [at, loud] = [0, false];

  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const bytes = (coded) => Uint8Array.from(atob(coded), (one) => one.charCodeAt(0)).buffer;

  // As link.js does; a packet of silence, which is most of an hour, goes by its count.
  const sent = ({ first, played, sound: pcm }) => {
    const samples = new Int16Array(pcm);
    return samples.some((value) => value) ? text(heardPacket(7, first, played, samples)) : [first, played, samples.length];
  };

  window.told = told;
  window.sound = sound;
  window.run = (quanta, arrivals) => {
    const [up, edges] = [[], []];
    for (let i = 0; i < quanta; i++) {
      while (arrivals.length && arrivals[0][0] <= at) {
        const packet = spokenPacket(bytes(arrivals.shift()[1]));
        sound.port.onmessage({ data: packet });
      }
      const input = new Float32Array(128);
      if (period) for (let j = 0; j < 128; j++) if ((at + j) % period < 8) input[j] = 0.5;
      const output = new Float32Array(128);
      sound.process([[input]], [[output]]);
      output.forEach((value, j) => {
        if (Math.abs(value) > 0.05 === loud) return;
        loud = !loud;
        edges.push(at + j);
      });
      at += 128;
      for (const message of told.splice(0)) up.push([at, sent(message)]);
    }
    return { up, edges, waiting: sound.waiting };
  };
  window.answer = (asked) => JSON.stringify(window.run(...JSON.parse(asked)));
}
