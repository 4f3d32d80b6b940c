import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BrowserRefusal } from '#contracts/api/browser-sign-in.ts';

export interface Metrics {
  readonly registry: Registry;
  answered(facts: { method: string; route: string; status: number; took: number }): void;
  decided(facts: { commands: number; pushes: number; took: number }): void;
  signedIn(outcome: 'good' | 'wrong' | 'held'): void;
  byBrowser(outcome: 'begun' | 'good' | 'over' | BrowserRefusal): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures for Prometheus. Labels are of closed sets: routes as registered, never addresses as asked. */
export function createMetrics(streams: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'deskbell_http_request_seconds',
    help: 'Time until a request was answered.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const pushes = new Histogram({
    name: 'deskbell_push_transaction_seconds',
    help: 'Time that one transaction of pushes took.',
    buckets: SECONDS,
    registers,
  });
  const together = new Histogram({
    name: 'deskbell_push_transaction_pushes',
    help: 'Pushes that one transaction decided.',
    buckets: [1, 2, 5, 10, 20, 50, 100],
    registers,
  });
  const commands = new Counter({ name: 'deskbell_commands_total', help: 'Commands that were pushed.', registers });
  const logins = new Counter({
    name: 'deskbell_logins_total',
    help: 'Attempts to sign in.',
    labelNames: ['outcome'],
    registers,
  });
  const browsers = new Counter({
    name: 'deskbell_browser_sign_ins_total',
    help: 'Sign-ins through a browser: begun, and what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'deskbell_streams',
    help: 'Desks that listen on this node.',
    registers,
    collect() {
      this.set(streams());
    },
  });
  return {
    registry,
    answered: ({ method, route, status, took }) =>
      requests.observe({ method, route, status: String(status) }, took / 1_000),
    decided: (facts) => {
      pushes.observe(facts.took / 1_000);
      together.observe(facts.pushes);
      commands.inc(facts.commands);
    },
    signedIn: (outcome) => logins.inc({ outcome }),
    byBrowser: (outcome) => browsers.inc({ outcome }),
  };
}
