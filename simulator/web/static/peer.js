// iOS takes out of the microphone only what a call's <audio> element plays, and not what the page's own sound
// graph does. So there the interviewer's voice goes through a call of the page with itself.
// That sound comes through was tried in Chromium under an iPhone's name; iOS itself was not.

/** Whether this browser cancels the echo of nothing but calls. */
export function needsPeer() {
  const touches = navigator.maxTouchPoints > 1;
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && touches);
}

/** Have what `node` says heard through a call within the page. */
export async function throughPeer(context, node) {
  const out = context.createMediaStreamDestination();
  node.connect(out);
  const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  const arrived = new Promise((resolve) => {
    to.ontrack = ({ track }) => resolve(track);
  });
  for (const track of out.stream.getTracks()) from.addTrack(track, out.stream);
  await from.setLocalDescription(await from.createOffer());
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription(await to.createAnswer());
  await from.setRemoteDescription(to.localDescription);
  context.resume().catch(() => {}); // the call carries nothing before
  const audio = new Audio();
  audio.srcObject = new MediaStream([await arrived]);
  audio.autoplay = true;
  await audio.play();
}
