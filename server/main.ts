import { join, resolve } from 'node:path';
import { destination } from 'pino';
import { createSqlAccounts } from './accounts/sql-accounts.ts';
import { readConfig, type ServerConfig } from './config.ts';
import { createLog, errorFields } from './http/log.ts';
import { CALLBACK } from './routes/browser-sign-in.ts';
import { type RunPorts, run } from './run.ts';
import { createSqlSignIns } from './sign-in/sql-sign-ins.ts';
import { databaseFault, type OpenFault, openStore, type Store } from './store/open.ts';
import { Seals } from './store/seals.ts';
import { verify } from './verify.ts';

/** Milliseconds after which a stop that hangs is given up. */
const PATIENCE = 30_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Says why there will be no server, and leaves. */
function refuse(sentences: readonly string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exit(1);
}

const faultOf = (fault: OpenFault, { dataDir }: ServerConfig): string => {
  switch (fault.code) {
    case 'folderInUse':
      return `Another server works on ${resolve(dataDir)}: stop it, or give this one another DATA_DIR.`;
    case 'notDurable':
      return 'The database is set to lose what it has confirmed: turn fsync and synchronous_commit on.';
    case 'notUtf8':
      return 'The database cannot hold all that people write: make it with ENCODING UTF8.';
    case 'newerDatabase':
      return `The database was used by a newer version (${fault.migration}): start that one.`;
    case 'otherVersion':
      return (
        `The database in ${resolve(dataDir)} is of PostgreSQL ${fault.found}, and this build embeds ${fault.embedded}: ` +
        'start the version that made it, dump it there, and restore the dump into an empty DATA_DIR or a PostgreSQL.'
      );
    case 'unreachable':
      return `The database cannot be opened: ${fault.reason}.`;
  }
};

async function openedStore(config: ServerConfig): Promise<Store> {
  const { databaseUrl, dataDir } = config;
  const opened = await openStore(
    databaseUrl === null ? { kind: 'folder', folder: resolve(dataDir) } : { kind: 'postgres', url: databaseUrl },
  );
  return opened.ok ? opened.value : refuse([faultOf(opened.error, config)]);
}

function browserOf({ oidc, publicUrl }: ServerConfig, { driver }: Store): Pick<RunPorts, 'browser'> {
  if (oidc === null || publicUrl === null) return {};
  const { name, newcomers, ...provider } = oidc;
  const callback = `${publicUrl}${CALLBACK}`;
  return { browser: { provider: { ...provider, callback }, signIns: createSqlSignIns(driver), name, newcomers } };
}

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) refuse(read.error);
  const config = read.value;
  const logger = createLog(config.logLevel, destination({ dest: 2, sync: true }));
  const store = await openedStore(config);
  if (process.argv[2] === 'verify') {
    const whole = await verify(store, say);
    await store.close();
    process.exit(whole ? 0 : 1);
  }
  const running = await run(config, {
    log: store.log,
    accounts: createSqlAccounts(store.driver),
    ...browserOf(config, store),
    passwordSignIn: config.passwordSignIn,
    channel: store.driver,
    attached: {
      driver: store.driver,
      folder: join(resolve(config.dataDir), 'files'),
      alone: config.databaseUrl === null,
    },
    seals: new Seals(store.driver),
    logger,
    say,
    now: Date.now,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }).catch(async (error: NodeJS.ErrnoException) => {
    await store.close();
    if (error.code !== 'EADDRINUSE' && error.code !== 'EADDRNOTAVAIL' && error.code !== 'EACCES') throw error;
    return refuse([`Nothing can listen on ${config.host} port ${config.port} (${error.code}): choose HOST and PORT.`]);
  });

  let stops = false;
  const stop = async (): Promise<void> => {
    if (stops) return;
    stops = true;
    setTimeout(() => refuse(['The server did not stop in time.']), PATIENCE).unref();
    try {
      await running.stop();
      await store.close();
      process.exit(0);
    } catch (error) {
      logger.fatal({ err: error }, 'the server could not stop in order');
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const fault = databaseFault(error);
  if (fault !== null) refuse([`The database failed: ${fault}.`]);
  // A bug: said without its message, which may quote what people wrote.
  refuse([`The server failed: ${JSON.stringify(errorFields(error))}`]);
});
