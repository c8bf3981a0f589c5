// Loads the app once the empty frame of index.html is on its way to the screen, so that nothing of the app delays it.
// Ports that main hands in before the app listens are kept for it.

const early: MessageEvent[] = [];
const keep = (event: MessageEvent) => void early.push(event);
window.addEventListener('message', keep);

requestAnimationFrame(() => void open());

async function open(): Promise<void> {
  await import('./main.tsx');
  window.removeEventListener('message', keep);
  for (const { data, origin, source, ports } of early)
    window.dispatchEvent(new MessageEvent('message', { data, origin, source, ports: [...ports] }));
}
