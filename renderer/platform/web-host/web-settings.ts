import type { EngineHost } from '#contracts/host/engine-host.ts';
import { encodeSettings } from '#contracts/host/host-rules.ts';
import { ok } from '#domain/result.ts';
import type { JournalDatabase } from './journal-database.ts';
import { coded } from './web-faults.ts';

type Values = Readonly<Record<string, unknown>>;

async function readValues(db: JournalDatabase): Promise<Values> {
  const row = await db.meta.get('settings');
  return row?.key === 'settings' ? JSON.parse(row.text) : {};
}

export function webSettings(db: JournalDatabase): EngineHost['settings'] {
  return {
    read: () => coded(db, async () => ok(await readValues(db))),
    write: (values) =>
      coded(db, () =>
        db.transaction('rw', db.meta, async () => {
          const encoded = encodeSettings({ ...(await readValues(db)), ...values });
          if (!encoded.ok) return encoded;
          await db.meta.put({ key: 'settings', text: encoded.value });
          return ok(null);
        }),
      ),
  };
}
