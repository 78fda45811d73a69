import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inspect } from './support/inspect';
import { api, expect, signIn, test, unique } from './support/test';

const guide = readFileSync(path.resolve(import.meta.dirname, '../docs/guide/lineage.md'), 'utf8');

test('the guide’s own curl tells of a job, which then stands in the lineage', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'producer');
  const scopes = ['products:write'];
  const made = await api(page.context()).post('/tokens', {
    ...{ name: unique('lineage'), scopes, expiresInDays: 1 },
  });
  const { token } = (await made.json()) as { token: string };
  const [, command] = /```sh\n(curl -X POST[\s\S]+?)\n```/.exec(guide)!;
  const pasted = command!.replaceAll('http://localhost:3000', baseURL!);
  const { stdout } = await promisify(execFile)('bash', ['-c', pasted], {
    env: { ...process.env, TOKEN: token, NO_PROXY: '*', no_proxy: '*' },
  });
  expect(JSON.parse(stdout)).toMatchObject({ ignored: 0, events: [{ warnings: [] }] });

  await page.goto('/products/operations/airports/lineage');
  const picture = page.locator('[data-picture="drawn"]');
  await expect(picture.getByRole('button', { name: /^load_airports/ })).toBeVisible();
  await picture.getByRole('button', { name: /^public\.airports/ }).click();
  await expect(page.getByText('dataset of postgres://airports:5432')).toBeVisible();
  const row = page.getByRole('row', { name: /^load_airports/ });
  await expect(row).toContainText('job, completed on 2026-01-31');
  await expect(row).toContainText('operations/airports');
  await inspect(page, 'lineage-outside');
});
