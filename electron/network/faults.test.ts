import { expect, test } from 'vitest';
import { codeOfError } from './faults.ts';

const node = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
const chromium = (code: string) => new Error(`net::${code}`);

test.each([
  [chromium('ERR_CERT_AUTHORITY_INVALID'), 'certificate'],
  [chromium('ERR_CERT_DATE_INVALID'), 'certificate'],
  [chromium('ERR_CERT_COMMON_NAME_INVALID'), 'certificate'],
  [chromium('ERR_SSL_PROTOCOL_ERROR'), 'certificate'],
  [node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
  [node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate'],
  [node('CERT_HAS_EXPIRED'), 'certificate'],
  [node('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
  [chromium('ERR_TIMED_OUT'), 'timedOut'],
  [chromium('ERR_CONNECTION_TIMED_OUT'), 'timedOut'],
  [node('ETIMEDOUT'), 'timedOut'],
  [node('UND_ERR_HEADERS_TIMEOUT'), 'timedOut'],
  [chromium('ERR_NAME_NOT_RESOLVED'), 'offline'],
  [chromium('ERR_INTERNET_DISCONNECTED'), 'offline'],
  [chromium('ERR_CONNECTION_REFUSED'), 'offline'],
  [chromium('ERR_NETWORK_CHANGED'), 'offline'],
  [chromium('ERR_INCOMPLETE_CHUNKED_ENCODING'), 'offline'],
  [node('ECONNREFUSED'), 'offline'],
  [node('ENOTFOUND'), 'offline'],
  [node('UND_ERR_SOCKET'), 'offline'],
  [chromium('ERR_INVALID_HTTP_RESPONSE'), 'notOurServer'],
  [chromium('ERR_TOO_MANY_REDIRECTS'), 'notOurServer'],
  [chromium('ERR_BLOCKED_BY_CLIENT'), 'notOurServer'],
  [new Error("Attempted to redirect, but redirect policy was 'error'"), 'notOurServer'],
  [new TypeError('fetch failed', { cause: new Error('unexpected redirect') }), 'notOurServer'],
  [new Error('something nobody knows'), 'offline'],
  ['no error at all', 'offline'],
])('%s means %s', (error, code) => {
  expect(codeOfError(error)).toBe(code);
});
