// Plotly, the largest of a page's files by far: it is asked for once something else has been painted.

import { at } from "./dom.js";

let asked = null;

/** Promises that `window.Plotly` is there; where the file does not come it fails, and may be asked for again. */
export function plotly() {
  asked ??= loaded(at("plot").dataset.plotly).catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

function loaded(address) {
  return new Promise((come, failed) => {
    const script = document.createElement("script");
    script.onload = () => come();
    script.onerror = () => {
      script.remove();
      failed(new Error(`not loaded: ${address}`));
    };
    script.src = address;
    document.head.append(script);
  });
}

/** Promises that the browser has painted what stands on the page now: an observer is told after that. */
export function painted(element) {
  return new Promise((done) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      done();
    });
    observer.observe(element);
  });
}
