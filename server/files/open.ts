import type { Logger } from 'pino';
import type { Instant } from '#domain/activity/activity.ts';
import type { Driver } from '#server/store/driver.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import { Attachments } from './attachments.ts';
import { FileFolder } from './folder.ts';
import { FILE_LIMITS, type FileLimits } from './limits.ts';
import { createUploadBook } from './sql-uploads.ts';

/** Where attachments are kept: all nodes share the database and the folder. */
export interface Attached {
  readonly driver: Driver;
  readonly folder: string;
  /** No other node can be there: what one that was killed had in hand is free at once. */
  readonly alone?: boolean;
  readonly limits?: Partial<FileLimits>;
}

/** Milliseconds between two looks for what expired. */
const SWEEP = 10 * 60_000;

/** Attachments, swept now and then. */
export async function openAttachments(
  { driver, folder, limits, alone = false }: Attached,
  { log, now, logger }: { readonly log: SharedLog; readonly now: () => Instant; readonly logger: Logger },
): Promise<{ readonly attachments: Attachments; close(): Promise<void> }> {
  const book = createUploadBook(driver);
  if (alone) await book.releaseAll();
  const attachments = new Attachments({
    log,
    now,
    book,
    folder: new FileFolder(folder),
    limits: { ...FILE_LIMITS, ...limits },
  });
  let sweeping: Promise<void> = Promise.resolve();
  const sweep = () => {
    sweeping = sweeping
      .then(() => attachments.sweep())
      .catch((error: unknown) => logger.warn({ err: error }, 'expired uploads could not be cleared away'));
  };
  sweep();
  const timer = setInterval(sweep, SWEEP);
  timer.unref();
  return {
    attachments,
    close: async () => {
      clearInterval(timer);
      await attachments.stop();
      await sweeping;
    },
  };
}
