/* The search worker of one language. Speaks the theme's protocol; loads engine and index when first asked.
   `FILES` stands above, written by the build. */
(() => {
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const COUNT = 10;
  let engine = null;

  function ready() {
    if (engine === null) {
      importScripts(...FILES);
      engine = new handbookSearch.Engine(handbookSearch.data);
      handbookSearch.data = null;
    }
    return engine;
  }

  /** A query is its text, or {text, from, count} for further hits. */
  function answer(asked) {
    const { text, from = 0, count = COUNT } = typeof asked === "string" ? { text: asked } : asked;
    const finder = ready();
    return handbookSearch.answer(finder, text, from, count);
  }

  addEventListener("message", ({ data: { type, data } }) => {
    try {
      if (type === SETUP) {
        ready();
        postMessage({ type: READY });
      } else if (type === QUERY) {
        postMessage({ type: RESULT, data: answer(data) });
      }
    } catch (error) {
      postMessage({ type: RESULT, data: { failed: String(error) } });
    }
  });
})();
