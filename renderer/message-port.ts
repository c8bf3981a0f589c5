// Ports that the preload hands to the page, each under a message of its own. Messages from anywhere but this window are
// not looked at.

/** Calls back for each such port that arrives, which then starts; `gone` aborts when it closes. The answer stops that. */
export function onPort(
  target: Window,
  message: string,
  arrived: (port: MessagePort, gone: AbortSignal) => void,
): () => void {
  const listen = (event: MessageEvent) => {
    const [port] = event.ports;
    if (event.data !== message || event.source !== target || port === undefined) return;
    const gone = new AbortController();
    port.addEventListener('close', () => gone.abort());
    arrived(port, gone.signal);
    port.start();
  };
  target.addEventListener('message', listen);
  return () => target.removeEventListener('message', listen);
}
