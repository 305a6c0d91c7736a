{
  const waiting = new Map();
  let last = 0;
  addEventListener('message', ({ source, data }) => {
    if (source !== window || data?.to !== 'floor-page') return;
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  /** Signs a text in the background: `await floorSign('text')` is `{ signature }`. */
  window.floorSign = (text) =>
    new Promise((answered) => {
      last += 1;
      waiting.set(last, answered);
      postMessage({ to: 'floor-bridge', id: last, text }, location.origin);
    });
}
