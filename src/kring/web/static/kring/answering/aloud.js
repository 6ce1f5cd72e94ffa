// Reads a text aloud: the recording that came with the list, or else a voice of this device itself. A voice that a browser fetches
// elsewhere would tell a third party what is asked here, so only voices of the device count. With neither there is no button.

const speech = globalThis.speechSynthesis;
let playing = null;

function voiceFor(language) {
  const fits = (voice) => voice.localService && voice.lang.toLowerCase().startsWith(language.slice(0, 2));
  return speech?.getVoices().find(fits);
}

export function hush() {
  playing?.pause();
  playing = null;
  speech?.cancel();
}

function say(texts, language) {
  const voice = voiceFor(language);
  for (const text of texts) {
    const spoken = new SpeechSynthesisUtterance(text);
    Object.assign(spoken, { voice, lang: voice.lang, rate: 0.9 });
    speech.speak(spoken);
  }
}

// Shows the button when there is something to hear; `what()` tells { audio, texts } at the moment that it is pressed.
export function readsAloud(button, language, what) {
  const look = () => {
    button.hidden = !what().audio && !voiceFor(language);
  };
  button.addEventListener("click", () => {
    hush();
    const { audio, texts } = what();
    if (audio) {
      playing = new Audio(audio);
      playing.play().catch(() => {});
    } else say(texts, language);
  });
  speech?.addEventListener?.("voiceschanged", look);
  addEventListener("pagehide", hush);
  look();
  return look;
}
