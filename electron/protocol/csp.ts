// Trusted Types are not required: React sets the text of those same style elements through innerHTML, and workers
// start from addresses the bundler writes. The policy that would let both through would let anything through.
const base = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Mantine writes its variables and its responsive rules into <style> elements, and so does the scroll lock of its
  // dialogs, which takes no nonce from the page. A style alone can't send anything out: images, fonts and
  // connections are held to our own origin below.
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'manifest-src': ["'none'"],
  'frame-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
} as const;

type Directives = Readonly<Record<string, readonly string[]>>;

const written = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/** The content security policy of every response of the application: no host but our own, no inline script. */
export const contentSecurityPolicy: string = written(base);

/** While developing, the page also takes the development server's inline preamble and its socket. */
export const developmentPolicy = (server: URL): string =>
  written({
    ...base,
    'script-src': ["'self'", "'unsafe-inline'"],
    'connect-src': ["'self'", server.origin, `ws://${server.host}`],
  });
