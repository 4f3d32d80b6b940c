import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { newEmail, newPassword, PASSWORD_LIMITS } from '#contracts/api/auth.ts';
import { apiText } from '#contracts/api/texts.ts';
import { TEXT_LIMITS } from '#domain/incident/fields.schema.ts';
import { perAddress } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { valueOrRefusal } from './accounts.ts';

const secretParams = z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) });
const firstAdministrator = z.strictObject({
  email: newEmail,
  name: apiText(TEXT_LIMITS.name).trim().min(1),
  password: newPassword,
});

const page = (body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>Deskbell: first administrator</title><h1>Deskbell: first administrator</h1>${body}</html>`;

const FORM = page(
  `<p>This link works once. Afterwards sign in from a desk with what you enter here.</p><form method="post">` +
    `<p><label>Name<br><input name="name" required maxlength="${TEXT_LIMITS.name}" autocomplete="name"></label></p>` +
    `<p><label>E-mail<br><input name="email" type="email" required autocomplete="username"></label></p>` +
    `<p><label>Password, at least ${PASSWORD_LIMITS.min} characters<br><input name="password" type="password" required ` +
    `minlength="${PASSWORD_LIMITS.min}" maxlength="${PASSWORD_LIMITS.max}" autocomplete="new-password"></label></p>` +
    `<p><button>Create</button></p></form>`,
);
const DONE = page(`<p>The administrator is created. Sign in from a desk.</p>`);

/** The page behind the one-time link. It runs no script and shows nothing of what it was sent. */
export const setupRoutes =
  ({ link, accounts }: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const parser = (text: string) => Object.fromEntries(new URLSearchParams(text));
    await app.register(formbody, { bodyLimit: 16 * 1024, parser });
    const limit = perAddress(30);

    app.get('/setup/:secret', { ...limit, schema: { hide: true, params: secretParams } }, async ({ params }, reply) => {
      if (!(await link.isGood(params.secret))) throw new HttpRefusal('linkUsed');
      return reply.type('text/html; charset=utf-8').serializer(String).send(FORM);
    });

    app.post(
      '/setup/:secret',
      { ...limit, schema: { hide: true, params: secretParams, body: firstAdministrator } },
      async ({ params: { secret }, body: { email, password, name } }, reply) => {
        if (!(await link.take(secret))) throw new HttpRefusal('linkUsed');
        const made = await accounts.createFirst(email, password, name);
        if (made === null) throw new HttpRefusal('linkUsed');
        if (!made.ok) await link.giveBack(secret);
        valueOrRefusal(made);
        return reply.code(201).type('text/html; charset=utf-8').serializer(String).send(DONE);
      },
    );
  };
