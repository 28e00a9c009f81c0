// Sound on the wire, as audio/devices/packets.py has it: little-endian, counted at the page's own rate.

const [HEARD, SOUND, CUT] = [1, 2, 4];

/** Return what was heard from the sample `first` on, while the speaker's sample `played` sounded. */
export function heardPacket(epoch, first, played, pcm) {
  const message = new ArrayBuffer(24 + 2 * pcm.length);
  const view = new DataView(message);
  view.setUint8(0, HEARD);
  view.setUint32(4, epoch, true);
  view.setFloat64(8, first, true);
  view.setFloat64(16, played, true);
  new Int16Array(message, 24).set(pcm);
  return message;
}

/** Return {first, count, sound} of what is to be played, or {cut}: the place before which all is dropped. */
export function spokenPacket(message) {
  const view = new DataView(message);
  const [kind, count, first] = [view.getUint8(0), view.getUint32(4, true), view.getFloat64(8, true)];
  if (kind === CUT) return { cut: first };
  return { first, count, sound: kind === SOUND ? new Int16Array(message.slice(16)) : null };
}
