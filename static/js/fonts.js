// Waits for the fonts before anything is measured or shown, but not for ever.

const LATEST = 3_000;
const FACES = ['500 1rem "Barlow Condensed"', '600 1rem "Barlow Condensed"',
  '500 1rem "Barlow Semi Condensed"', '600 1rem "Barlow Semi Condensed"'];
const CHINESE = ['500 1rem "Noto Sans SC Interface"', '600 1rem "Noto Sans SC Interface"'];

/** Resolves when the page's fonts are there, or after 3 s. */
export function fontsLoaded(lang) {
  const faces = lang === "zh-hans" ? [...FACES, ...CHINESE] : FACES;
  return inTime(Promise.allSettled(faces.map((face) => document.fonts.load(face, "0成"))));
}

/** Resolves as `promise` does, or after 3 s. */
export function inTime(promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(done, LATEST))]);
}
