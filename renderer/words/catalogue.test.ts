import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineErrorCode } from '#contracts/engine/protocol.ts';
import { IPC_ERROR_CODES } from '#contracts/errors.ts';
import type { RowIssueCode } from '#contracts/import/import.ts';
import { REFUSAL_CODES } from '#domain/command/command.ts';
import {
  CANCEL_REASONS,
  CHANNELS,
  HOLD_REASONS,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  RESOLUTION_CODES,
} from '#domain/incident/incident.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { errorWords } from '#renderer/ui/error-words.ts';
import common from './en/common.json' with { type: 'json' };
import conflicts from './en/conflicts.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import { pseudo } from './pseudo.ts';
import { speak, words, wordsOf } from './words.ts';

const areas = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });

/** Exhaustive by its type: a new code without an entry here does not compile. */
const ENGINE_CODES: Record<EngineErrorCode, true> = {
  refused: true,
  notReady: true,
  diskFull: true,
  journalFailed: true,
  argumentsInvalid: true,
  unknownCall: true,
  importUnreadable: true,
  importEmpty: true,
  importBinary: true,
  importTruncated: true,
  importTooWide: true,
  importNotMapped: true,
  importBusy: true,
  importTooLate: true,
  network: true,
  notShared: true,
  sharedAlready: true,
  mayNotHandOver: true,
  conflictsWait: true,
  bug: true,
};
const ROW_CODES: Record<RowIssueCode, true> = {
  cellCountDiffers: true,
  truncatedRow: true,
  cellTooLong: true,
  unknownState: true,
  unknownPriority: true,
  unknownImpact: true,
  unknownUrgency: true,
  badDate: true,
  missingOpenedAt: true,
  missingShortDescription: true,
  missingNumber: true,
  rowVersionGoesBack: true,
  badEncoding: true,
  unclosedQuote: true,
  unknownChannel: true,
};

const has = (messages: Record<string, string>, key: string) => expect(messages, key).toHaveProperty([key]);

afterEach(() => speak('en'));

describe('the catalogue', () => {
  it('has one sentence for every way a command, a call, the machine or a row can fail', () => {
    for (const code of REFUSAL_CODES) has(errors, `refusal.${code}`);
    for (const code of Object.keys(ENGINE_CODES)) has(errors, `engine.${code}`);
    for (const code of IPC_ERROR_CODES) has(errors, `ipc.${code}`);
    for (const code of Object.keys(ROW_CODES)) has(errors, `row.${code}`);
  });

  it('has one sentence for every way the server can refuse what was recorded before', () => {
    for (const code of REFUSAL_CODES) has(conflicts, `refusal.${code}`);
    for (const [key, message] of Object.entries(conflicts)) {
      if (key.startsWith('refusal.')) expect(message, key).not.toMatch(/Nothing was changed|in the field/);
    }
  });

  it('says what happened, what was kept and what to do in every failure of a command or a call', () => {
    for (const [key, message] of Object.entries(errors)) {
      if (key.startsWith('row.')) continue;
      expect(message.split(/[.;] /).length, `${key}: ${message}`).toBeGreaterThanOrEqual(2);
    }
  });

  it('has a word for every value of the process', () => {
    for (const each of INCIDENT_STATES) has(common, `state.${each}`);
    for (const each of HOLD_REASONS) has(common, `holdReason.${each}`);
    for (const each of RESOLUTION_CODES) has(common, `resolutionCode.${each}`);
    for (const each of CANCEL_REASONS) has(common, `cancelReason.${each}`);
    for (const each of CHANNELS) has(common, `channel.${each}`);
    for (const each of INCIDENT_KINDS) has(common, `kind.${each}`);
    for (const each of QUEUE_IDS) has(common, `queue.${each}`);
  });

  it('holds only messages that ICU can read, in English and in both pseudo-languages', () => {
    for (const messages of Object.values(areas)) {
      for (const [key, message] of Object.entries(messages)) {
        for (const text of [message, pseudo('en-XA', { key: message }).key, pseudo('ar-XB', { key: message }).key]) {
          expect(() => new IntlMessageFormat(text ?? '', 'en'), `${key}: ${text}`).not.toThrow();
        }
      }
    }
  });
});

describe('a pseudo-language', () => {
  it('keeps arguments and plural branches while it changes what is read', () => {
    const [, text] =
      Object.entries(pseudo('en-XA', { a: '{count, plural, one {# row} other {# rows}} of {total}' }))[0] ?? [];
    const said = new IntlMessageFormat(text ?? '', 'en').format({ count: 2, total: 9 });
    expect(said).toContain('2 ŕóŵš');
    expect(said).toContain('9');
  });

  it('grows every text by about two fifths', () => {
    const text = pseudo('en-XA', { a: 'Short description' }).a ?? '';
    expect(text.length).toBeGreaterThanOrEqual(Math.floor('Short description'.length * 1.4));
  });

  it('is made when it is asked for and heard at once', async () => {
    await speak('ar-XB');
    expect(words.language).toBe('ar-XB');
    expect(wordsOf('common')('dismiss')).toContain('\u202e');
  });
});

describe('the sentence of a refusal', () => {
  it('uses the catalogue’s words for what the details name', () => {
    const said = errorWords(wordsOf('errors'), wordsOf('common')).engine({
      code: 'refused',
      refusal: { code: 'wrongState', details: { state: 'closed' } },
    });
    expect(said).toContain('Nothing was changed');
  });
});
