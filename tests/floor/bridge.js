{
  const api = globalThis.browser ?? globalThis.chrome;
  addEventListener('message', async ({ source, data }) => {
    if (source !== window || data?.to !== 'floor-bridge') return;
    const answer = await api.runtime.sendMessage(data.text);
    postMessage({ to: 'floor-page', id: data.id, ...answer }, location.origin);
  });
}
