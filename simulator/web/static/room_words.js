// What the room says, by what is going on. {who} is the interviewer.

export const FLOOR = {
  waiting: "One moment",
  open: "Your turn",
  answering: "Listening",
  replying: "{who} is thinking",
  speaking: "{who} is speaking",
  cutting_in: "{who} cuts in",
  paused: "Paused",
  over: "That was it",
  muted: "You are muted",
};
export const WAITING = "{who} is waiting for you";
export const HINTS = {
  open: "Take your time.",
  paused: "Nothing is heard, and the clock stands still.",
  muted: "{who} hears nothing until you unmute.",
  over: "Your review is being written.",
};
// What the one key means now; where there is none, it cannot be pressed.
export const KEY = {
  open: "I am done",
  answering: "I am done",
  speaking: "Let me speak",
  cutting_in: "Let me speak",
};

// After the check: what keeps the interviewer's voice out of the microphone.
export const CHECKED = {
  browser: "You can talk over {who} at any time.",
  ours: "You can talk over {who} at any time.",
  "half-duplex": "The microphone is off while {who} speaks: press Space to break in, or put on headphones and check again.",
};

// By kind: what is wrong, and what the button does about it.
export const TROUBLE = {
  denied: ["The microphone is not allowed", "Try again"],
  dismissed: ["The browser still has to allow the microphone", "Ask again"],
  "no-microphone": ["There is no microphone", "Look again"],
  insecure: ["No microphone at this address", ""],
  "in-use": ["Another program has the microphone", "Try again"],
  suspended: ["The sound is asleep", "Click to go on"],
  interrupted: ["The sound was interrupted", "Click to go on"],
  revoked: ["The microphone was taken away", "Ask again"],
  "no-worklet": ["This browser cannot hold an interview", ""],
  closed: ["The connection is gone", "Go back in"],
  other: ["That did not work", "Try again"],
};
