import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, developmentPolicy } from '#electron/protocol/csp.ts';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)] as const));

describe('content security policy', () => {
  const policy = directives(contentSecurityPolicy);

  test('everything not named is forbidden', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
    for (const name of ['frame-src', 'frame-ancestors', 'base-uri', 'form-action', 'manifest-src']) {
      expect(policy.get(name)).toEqual(["'none'"]);
    }
  });

  test('scripts and workers are our own files: none inline, none made from text', () => {
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('worker-src')).toEqual(["'self'"]);
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|wasm-unsafe-eval|unsafe-hashes|strict-dynamic/);
    expect(contentSecurityPolicy.match(/'unsafe-inline'/g)).toHaveLength(1);
  });

  test('no directive names a host, a scheme wildcard or a scheme that reaches a network', () => {
    for (const sources of policy.values()) {
      for (const source of sources) expect(source).toMatch(/^('self'|'none'|'unsafe-inline'|data:|blob:)$/);
    }
  });

  test('development adds its one server and nothing else', () => {
    const development = directives(developmentPolicy(new URL('http://localhost:5173/')));
    expect(development.get('connect-src')).toEqual(["'self'", 'http://localhost:5173', 'ws://localhost:5173']);
    expect(development.get('default-src')).toEqual(["'none'"]);
  });
});
